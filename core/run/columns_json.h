// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/source_facts.h"

#include <nlohmann/json_fwd.hpp>

namespace netloom {

/// The columns of a table, with all that a prediction needs to prepare new rows.
nlohmann::ordered_json columnsJson(const std::vector<ColumnFacts> &columns);

/// The inverse; a member that is missing or of the wrong kind has its default.
std::vector<ColumnFacts> columnsFromJson(const nlohmann::ordered_json &json);

} // namespace netloom
