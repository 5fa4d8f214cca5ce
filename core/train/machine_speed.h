// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace netloom {

/// What this machine's processor reaches at most with @p threads threads when it multiplies matrices of 1024×1024 numbers of 32 bit:
/// floating point operations in a second.
double sgemmRate(int threads);

} // namespace netloom
