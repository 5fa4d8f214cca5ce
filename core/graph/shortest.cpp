// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/shortest.h"

#include <array>
#include <charconv>

namespace netloom {

std::string shortest(double number)
{
    std::array<char, 64> buffer{};
    return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr};
}

} // namespace netloom
