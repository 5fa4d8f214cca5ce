// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/curve_statistics.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace netloom {

namespace {

/// The continued fraction of the incomplete beta function (Numerical Recipes, 3rd edition, 6.4, by Lentz's method).
double betaFraction(double a, double b, double x)
{
    constexpr double kTiny = 1e-300, kPrecision = 1e-14;
    constexpr int kMostSteps = 10'000;
    const auto away = [](double value) { return std::abs(value) < kTiny ? kTiny : value; };
    double c = 1, d = 1 / away(1 - (a + b) * x / (a + 1)), result = d;
    for (int m = 1; m < kMostSteps; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double change = 1;
        for (const double term : {even, odd}) {
            d = 1 / away(1 + term * d);
            c = away(1 + term / c);
            change = d * c;
            result *= change;
        }
        if (std::abs(change - 1) < kPrecision)
            break;
    }
    return result;
}

/// The regularised incomplete beta function.
double incompleteBeta(double a, double b, double x)
{
    if (x <= 0 || x >= 1)
        return x <= 0 ? 0 : 1;
    const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x));
    return x < (a + 1) / (a + b + 2) ? front * betaFraction(a, b, x) / a : 1 - front * betaFraction(b, a, 1 - x) / b;
}

} // namespace

Spread spreadOf(const std::vector<double> &values)
{
    Spread spread{.count = int(values.size())};
    if (values.empty())
        return spread;
    for (const double value : values)
        spread.mean += value / double(values.size());
    double squares = 0;
    for (const double value : values)
        squares += (value - spread.mean) * (value - spread.mean);
    spread.deviation = values.size() > 1 ? std::sqrt(squares / double(values.size() - 1)) : 0;
    return spread;
}

CurveBand bandOf(const std::vector<CurvePoints> &curves)
{
    std::map<double, std::vector<double>> values;
    for (const CurvePoints &curve : curves) {
        for (const auto &[epoch, value] : curve)
            values[epoch].push_back(value);
    }
    CurveBand band;
    for (const auto &[epoch, at] : values) {
        const Spread spread = spreadOf(at);
        band.mean.emplace_back(epoch, spread.mean);
        band.low.emplace_back(epoch, spread.mean - spread.deviation);
        band.high.emplace_back(epoch, spread.mean + spread.deviation);
    }
    return band;
}

CurvePoints smoothed(const CurvePoints &curve, double weight)
{
    CurvePoints smooth;
    smooth.reserve(curve.size());
    double sum = 0, share = 0;
    for (const auto &[x, y] : curve) {
        sum = weight * sum + (1 - weight) * y;
        share = weight * share + (1 - weight);
        smooth.emplace_back(x, sum / share);
    }
    return smooth;
}

CurvePoints decimated(const CurvePoints &curve, double from, double to, int columns)
{
    const auto xOf = [](const auto &point) { return point.first; };
    auto first = std::ranges::lower_bound(curve, from, {}, xOf);
    auto last = std::ranges::upper_bound(curve, to, {}, xOf);
    first = first == curve.begin() ? first : std::prev(first);
    last = last == curve.end() ? last : std::next(last);
    constexpr int kOfColumn = 4;
    if (columns < 1 || !(to > from) || last - first <= std::ptrdiff_t(kOfColumn) * columns)
        return {first, last};
    const double scale = columns / (to - from);
    CurvePoints kept;
    kept.reserve(std::size_t(kOfColumn) * std::size_t(columns + 2));
    while (first != last) {
        const double column = std::floor((first->first - from) * scale);
        auto end = first, low = first, high = first;
        for (; end != last && std::floor((end->first - from) * scale) == column; ++end) {
            low = end->second < low->second ? end : low;
            high = end->second > high->second ? end : high;
        }
        std::array places{first, std::min(low, high), std::max(low, high), std::prev(end)};
        for (auto place = places.begin(); place != std::unique(places.begin(), places.end()); ++place)
            kept.push_back(**place);
        first = end;
    }
    return kept;
}

double welchProbability(const Spread &a, const Spread &b)
{
    if (a.count < 2 || b.count < 2)
        return 1;
    const double va = a.deviation * a.deviation / a.count, vb = b.deviation * b.deviation / b.count;
    if (va + vb <= 0)
        return a.mean == b.mean ? 1 : 0;
    const double t = (a.mean - b.mean) / std::sqrt(va + vb);
    const double freedom = (va + vb) * (va + vb) / (va * va / (a.count - 1) + vb * vb / (b.count - 1));
    return incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t));
}

} // namespace netloom
