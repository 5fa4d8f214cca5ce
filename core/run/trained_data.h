// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"

namespace netloom {

/// @p source as a network takes it that learned from data of the facts @p trained: with the training's scaling, and its values for missing
/// cells, whatever its own rows would give. Its classes are found among those learned by their names, and may be fewer. The error says why it
/// is data of another kind.
Result<std::shared_ptr<DataSource>> asTrained(std::shared_ptr<const DataSource> source, const SourceFacts &trained);

} // namespace netloom
