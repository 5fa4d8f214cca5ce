// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace netloom {

/// Times of one thing that was done again and again.
struct Figure {
    QString name;               ///< "pan_whole", for machines
    QString what;               ///< for people
    std::optional<double> goal; ///< of the median, ms
    std::vector<double> times;  ///< ms

    void measure(const std::function<void()> &act);
};

/// One JSON object on one line of standard output.
void printFigure(const Figure &figure);

} // namespace netloom
