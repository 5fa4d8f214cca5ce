// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_record.h"

namespace netloom {

/// The run as one self-contained HTML page: curves, confusion matrix or predicted against true numbers, scores, filters, network, settings.
std::string reportHtml(const RunRecord &record);

} // namespace netloom
