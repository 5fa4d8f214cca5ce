// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace netloom {

/// To be called before OpenCV works: it keeps to the calling thread, so that its threads and LibTorch's don't fight over the
/// cores, and writes nothing to the terminal.
void quietOpenCv();

} // namespace netloom
