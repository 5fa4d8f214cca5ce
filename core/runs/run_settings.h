// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <optional>

namespace netloom {

/// One thing that a run is made by, side by side for several runs.
struct SettingRow {
    std::string name; ///< "lr", "conv1.out_channels", "conv1" (its type), "conv1 → relu1" (a wire)
    std::vector<std::optional<std::string>> values; ///< of each run; nothing where it has no such thing
    bool isRecipe = false;
    bool differs() const;
};

/// Recipe, nodes, parameters and wires of @p projects, side by side. Nodes are the same that diffGraphs() takes for the same as those of the
/// first project, under whose paths they are listed. Wires that all of them have are left out.
std::vector<SettingRow> compareSettings(const NodeRegistry &registry, const std::vector<Project> &projects);

} // namespace netloom
