// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/random.h"

#include <cmath>
#include <numbers>
#include <random>

namespace netloom {

/// The share of the standard normal below @p z.
inline double normalBelow(double z)
{
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

/// A normal of an axis' scale from 0 to 1, cut off at both ends.
class AxisKernel {
public:
    AxisKernel(double place, double width)
        : m_place(place), m_width(width), m_inside(normalBelow((1 - place) / width) - normalBelow(-place / width))
    {
    }

    double draw(std::mt19937_64 &random) const
    {
        for (;;) { // at least 0.38 of a kernel lies inside
            const double place = m_place + m_width * randomNormal(random);
            if (place >= 0 && place <= 1)
                return place;
        }
    }

    /// The density at @p place, but for a factor that all kernels share; or the probability of @p half around it where that is not 0.
    double at(double place, double half) const
    {
        const double z = (place - m_place) / m_width;
        const double mass = half > 0 ? normalBelow(z + half / m_width) - normalBelow(z - half / m_width) : std::exp(-0.5 * z * z) / m_width;
        return mass / m_inside;
    }

private:
    double m_place, m_width;
    double m_inside; ///< the share of the normal between 0 and 1
};

} // namespace netloom
