// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"
#include "graph/node_spec.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace netloom {

/// The files of CIFAR's binary version: records of label bytes and a picture of 32×32 px, its red, green and blue planes in turn.
/// Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html
struct CifarFiles {
    std::string title;                   ///< "CIFAR-10"
    std::string folder;                  ///< what its archive unpacks to, found below the folder that people choose
    std::vector<std::string> trainFiles;
    std::string testFile;
    std::size_t labelBytes = 1;
    std::size_t labelAt = 0;             ///< which of them counts
    std::size_t classCount = 10;
    std::string namesFile;               ///< the classes, one in a line
    std::int64_t testCount = 10'000;
    std::int64_t trainCount = 50'000;
};

/// Reads all files. The error names the file that is missing or damaged.
Result<std::shared_ptr<DataSource>> openCifar(const CifarFiles &files, const Params &params);

/// The parameters for @p path where that holds these files.
std::optional<Params> recogniseCifar(const CifarFiles &files, const std::string &path);

/// What CIFAR10 and CIFAR100 have in common, with @p rootDoc for their folder.
void declareCifar(NodeSpec &spec, const std::string &rootDoc);

} // namespace netloom
