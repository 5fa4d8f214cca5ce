// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/bench/figures.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace netloom {

namespace {

/// The smallest time that @p share of all do not exceed.
double percentile(std::vector<double> times, double share)
{
    std::ranges::sort(times);
    const auto rank = static_cast<std::size_t>(std::ceil(share * double(times.size())));
    return times.at(std::clamp<std::size_t>(rank, 1, times.size()) - 1);
}

double rounded(double milliseconds)
{
    return std::round(milliseconds * 100) / 100;
}

} // namespace

void Figure::measure(const std::function<void()> &act)
{
    QElapsedTimer clock;
    clock.start();
    act();
    times.push_back(double(clock.nsecsElapsed()) / 1e6);
}

void printFigure(const Figure &figure)
{
    const double median = percentile(figure.times, 0.5);
    QJsonObject object{{"event", "figure"}, {"name", figure.name}, {"what", figure.what}, {"count", int(figure.times.size())},
        {"median_ms", rounded(median)}, {"p99_ms", rounded(percentile(figure.times, 0.99))}};
    if (figure.goal) {
        object["goal_ms"] = *figure.goal;
        object["holds"] = median <= *figure.goal;
    }
    std::printf("%s\n", QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

} // namespace netloom
