// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"
#include "graph/source_facts.h"

#include <filesystem>

namespace netloom {

/// Whether a run's answers depend on a threshold: from which probability on a label is there, or the second of two classes is the answer.
bool hasThreshold(const SourceFacts &facts);

/// The threshold that was chosen when the run in @p folder was judged, which its answers keep to; the usual one where none was.
double chosenThreshold(const std::filesystem::path &folder);
/// Keeps it in the run's folder, with which it travels. The usual one leaves no file behind.
Result<Done> keepThreshold(const std::filesystem::path &folder, double threshold);

} // namespace netloom
