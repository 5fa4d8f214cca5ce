// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/run_colour.h"

#include "theme/theme.h"

#include <array>

namespace netloom {

QColor runColour(int index)
{
    // Neighbours differ in lightness too, for eyes that see few colours.
    static constexpr std::array kOnLight{"#2563C9", "#B8500A", "#19713A", "#B0369B", "#6B4BC4", "#8A6100", "#C2282D", "#0A7A8C", "#5B6472", "#7A4A26"};
    static constexpr std::array kOnDark{"#6FA8FF", "#FFA45C", "#6CD08C", "#FF9AE0", "#B7A2FF", "#E6C84A", "#FF8C85", "#5FD4E6", "#B4BCC9", "#D2A679"};
    const auto &colours = Theme::current().dark ? kOnDark : kOnLight;
    const QColor colour(colours[std::size_t(index) % colours.size()]);
    return std::size_t(index) / colours.size() % 2 == 1 ? mixed(Theme::current().panel, colour, 0.6) : colour;
}

} // namespace netloom
