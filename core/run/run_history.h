// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"
#include "run/run_record.h"

namespace netloom {

/// What a run was until a checkpoint, as JSON that goes into it: start, epochs with their scores, changes of the learning rate, resumptions.
std::string historyText(const RunRecord &record);

/// The inverse, into @p record. The error says what is wrong.
Result<Done> readHistory(const std::string &text, RunRecord &record);

} // namespace netloom
