// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace netloom {

/// What wires tell of what they carry.
struct WireLook {
    bool labels = true;     ///< the shape, on the wire
    bool thickness = false; ///< thicker where a sample has more numbers
    friend bool operator==(const WireLook &, const WireLook &) = default;
};

} // namespace netloom
