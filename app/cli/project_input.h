// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"
#include "project/project.h"

#include <memory>

namespace netloom::cli {

/// Loads a project and says on standard error what was odd in it.
Result<Project> openProject(const NodeRegistry &registry, const std::string &file);

/// Sets the data source's folder to @p folder, made absolute.
Result<Done> useData(Project &project, const NodeRegistry &registry, const std::string &folder);

/// Applies "NODE.PARAM=VALUE", "NODE.frozen=true", "NODE.lr_scale=0.1" or "recipe.PARAM=VALUE". The error lists the nearest valid names.
Result<Done> applySetting(Project &project, const NodeRegistry &registry, const std::string &setting);

/// A look at the project's data. Where it can't be opened the facts say why; a project without a folder has no problem.
SourceFacts lookAtData(const Project &project, const NodeRegistry &registry);

std::string absolutePath(const std::string &path);

} // namespace netloom::cli
