// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <vector>

namespace netloom {

/// A project to start from.
struct ProjectTemplate {
    std::string id;     ///< "cnn-fashion-mnist"
    std::string title;  ///< "CNN on Fashion-MNIST"
    std::string lines;  ///< two short lines for the gallery, separated by '\n'
    std::string dataParam; ///< name of the source's path parameter, which `--data` sets ("root"); "" where it needs none
    bool needsFolder = false; ///< asks for the user's own image folder
};

/// mlp-fashion-mnist, cnn-fashion-mnist, cnn-image-folder, binary-image-folder, spirals, multi-label-shapes, resnet-small, resnet-18, vgg-11, mobilenet-v2, table-classification, table-regression.
const std::vector<ProjectTemplate> &projectTemplates();
const ProjectTemplate *findTemplate(std::string_view id);

/// The template's project; @p data sets the source's folder unless empty, in which case the data that ships or that
/// Debian's package brings is used where it is found. Nodes are laid out left to right without overlap.
Project makeProject(const ProjectTemplate &from, const NodeRegistry &registry, const std::string &data = {});

/// The folder of a project's data source node, and setting it; nothing where there is no source. A source that is sure to read the
/// folder, such as CIFAR10, takes the place of another.
std::string dataFolder(const Project &project, const NodeRegistry &registry);
/// True where there is a source that has its folder or file, or needs none.
bool hasData(const Project &project, const NodeRegistry &registry);
bool setDataFolder(Project &project, const NodeRegistry &registry, const std::string &folder);

/// Folder with the sample pictures that ship, "" where they aren't found; looked up in NETLOOM_RESOURCES, beside the
/// program (../share/netloom, ../../resources) and in the source tree it was built from.
std::filesystem::path sampleFolder();

} // namespace netloom
