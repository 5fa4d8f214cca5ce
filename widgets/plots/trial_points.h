// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>
#include <QStringList>

#include <vector>

namespace netloom {

/// One parameter as plots of trials show it.
struct TrialAxis {
    QString name;
    double low = 0, high = 1;
    bool log = false;
    bool whole = false;  ///< between whole numbers there is nothing
    QStringList choices; ///< not empty: values are their indices

    /// Where @p value lies, 0 at the low end and 1 at the high one.
    double share(double value) const;
    double valueAt(double share) const;
    QString text(double value) const;
    /// Few enough for a label each: the choices, or round numbers.
    std::vector<double> ticks() const;
};

/// One trial as plots show it.
struct TrialPoint {
    int number = 0;
    std::vector<double> values; ///< one for each axis
    double score = 0;           ///< NaN: none yet
    bool greatest = true;       ///< of scores, the greatest is the best
    bool stopped = false;       ///< before its end
    double parameters = 0, multiplyAdds = 0;

    bool hasScore() const;
};

/// The ends of all scores; a little apart where they are equal.
std::pair<double, double> scoreRange(const std::vector<TrialPoint> &points);
/// Between which scores colours differ: from the best to that of the poorest quarter, so that a few bad ones don't make all others alike.
std::pair<double, double> colourRange(const std::vector<TrialPoint> &points);
/// From muted for the worst to the accent for the best; @p share 0 to 1, 1 the best.
QColor trialColour(double share);
/// How good a score is in @p range, 0 to 1.
double scoreShare(const TrialPoint &point, const std::pair<double, double> &range);

} // namespace netloom
