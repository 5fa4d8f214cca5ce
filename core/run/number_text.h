// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/shortest.h"

#include <cstdint>
#include <string>

namespace netloom {

// Numbers as text, the same in every locale.

/// With @p digits behind the point; "nan" and "inf" stay words.
std::string fixedText(double number, int digits);
/// 0.9137 → "91.4 %"
std::string percentText(double share, int digits = 1);
/// An error or another number of any size with about four digits: 0.05123, 48 210.
std::string figureText(double number);
/// R² with three digits behind the point; "–" where there is none.
std::string r2Text(double r2);
/// 1234567 → "1 234 567", with narrow no-break spaces.
std::string groupedText(std::int64_t number);
/// 75.3 → "1 min 15 s"
std::string durationText(double seconds);
/// Local time, "2026-11-25T14:30:05+0100".
std::string nowText();

} // namespace netloom
