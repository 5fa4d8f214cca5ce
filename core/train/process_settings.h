// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace netloom {

/// For the first line of main(): makes the process keep the memory that a batch gave back for the next batch. Handing it to the system and
/// getting it back each time, page by page, costs a third of the time of a small network.
void keepFreedMemory();

/// Gives memory that was freed back to the system after all: after something large that doesn't come again.
void returnFreedMemory();

/// Makes threads that wait for a share of LibTorch's work sleep at once, instead of spinning for milliseconds on a core that the window or
/// the loader could use. Does nothing where OMP_WAIT_POLICY or GOMP_SPINCOUNT is set. Once for the process; later calls do nothing.
void letIdleThreadsSleep();

} // namespace netloom
