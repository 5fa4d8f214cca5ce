// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace netloom {

/// Says which process on which machine does something, so that others can tell when it is gone: "host 4711 8812345", with the time of its
/// start, because numbers of processes come again.
std::string ownProcessMark();

/// False where the process of @p mark is certainly gone: on this machine. True for one on another machine, and for "".
bool mayBeAlive(const std::string &mark);

} // namespace netloom
