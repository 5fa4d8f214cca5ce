// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"
#include "graph/param.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace netloom {

/// Pictures of one size that lie decoded in memory, with their labels: one file, or one part of a data set.
struct PackedPart {
    std::string name;                 ///< samples are called by it: "train #17"
    std::vector<std::uint8_t> pixels; ///< N×H×W×C
    std::vector<std::uint8_t> labels; ///< N
    bool isTest = false;              ///< given for the test; the other parts are dealt out by the split rule
};

/// Why @p root can't be the folder of such files: not chosen, missing, or a file; nothing where it can.
std::optional<Error> folderProblem(const std::string &root);

/// A source over @p parts whose pictures have the size and whose labels the classes of @p facts. The parameters of splitDecls()
/// deal out what is not for the test, excludeDecl()'s list is left out; counts are filled in.
std::shared_ptr<DataSource> packedSource(std::vector<PackedPart> parts, SourceFacts facts, const Params &params);

} // namespace netloom
