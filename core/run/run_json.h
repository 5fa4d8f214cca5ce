// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"
#include "run/run_record.h"

namespace netloom {

/// The run's facts for programs: classes, input size, versions, device, seed, times, results, unreadable files.
std::string runJson(const RunRecord &record);

/// What runJson() wrote about the data. The error names the member that is missing or wrong.
Result<SourceFacts> factsFromRunJson(const std::string &text);

} // namespace netloom
