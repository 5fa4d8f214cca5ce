// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/search_axis.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace netloom {

namespace {

constexpr int kDigits = 5; ///< of real numbers

/// The ends of an axis's scale before logarithms: whole numbers reach half a step further on both sides, but never to 0 where log.
std::pair<double, double> scaleEnds(const SearchAxis &axis)
{
    const double margin = axis.kind == SearchAxis::Kind::Whole ? axis.step / 2 : 0;
    return {axis.low - (axis.log ? std::min(margin, axis.low / 2) : margin), axis.high + margin};
}

std::string shortNumber(double number)
{
    char buffer[32];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::general, kDigits).ptr};
}

/// The number as shortNumber() writes it, so that what people read is what was tried.
double rounded(double number)
{
    const std::string text = shortNumber(number);
    double value = number;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

} // namespace

SearchAxis SearchAxis::real(std::string name, double low, double high, bool log)
{
    SearchAxis axis;
    axis.name = std::move(name);
    axis.low = low;
    axis.high = high;
    axis.log = log;
    return axis;
}

SearchAxis SearchAxis::whole(std::string name, std::int64_t low, std::int64_t high, bool log, std::int64_t step)
{
    SearchAxis axis = real(std::move(name), double(low), double(high), log);
    axis.kind = Kind::Whole;
    axis.step = double(step);
    return axis;
}

SearchAxis SearchAxis::choice(std::string name, std::vector<std::string> choices)
{
    SearchAxis axis;
    axis.name = std::move(name);
    axis.kind = Kind::Choice;
    axis.choices = std::move(choices);
    return axis;
}

std::int64_t SearchAxis::levels() const
{
    switch (kind) {
    case Kind::Real: return low < high ? 0 : 1;
    case Kind::Whole: return std::int64_t(std::floor((high - low) / step)) + 1;
    case Kind::Choice: return std::int64_t(choices.size());
    }
    return 0;
}

double SearchAxis::toUnit(double value) const
{
    if (kind == Kind::Choice)
        return (value + 0.5) / double(choices.size());
    const auto [from, to] = scaleEnds(*this);
    if (from >= to)
        return 0.5;
    return log ? std::log(value / from) / std::log(to / from) : (value - from) / (to - from);
}

double SearchAxis::fromUnit(double unit) const
{
    if (kind == Kind::Choice)
        return std::clamp(std::floor(unit * double(choices.size())), 0.0, double(choices.size()) - 1);
    const auto [from, to] = scaleEnds(*this);
    const double value = log ? from * std::pow(to / from, unit) : from + (to - from) * unit;
    if (kind == Kind::Real)
        return std::clamp(rounded(value), low, high);
    const double last = double(levels() - 1);
    return low + step * std::clamp(std::round((value - low) / step), 0.0, last);
}

double SearchAxis::halfShare(double value) const
{
    switch (kind) {
    case Kind::Real: return 0;
    case Kind::Choice: return 0.5 / double(choices.size());
    case Kind::Whole: break;
    }
    return (toUnit(value + step / 2) - toUnit(std::max(value - step / 2, scaleEnds(*this).first))) / 2;
}

std::vector<double> SearchAxis::gridValues() const
{
    std::vector<double> values;
    const std::int64_t all = levels();
    const std::int64_t count = kind == Kind::Choice || (kind == Kind::Whole && all <= gridPoints) ? all : std::max(1, gridPoints);
    for (std::int64_t index = 0; index < count; ++index) {
        if (count == all) {
            values.push_back(kind == Kind::Choice ? double(index) : low + step * double(index));
            continue;
        }
        const double share = count > 1 ? double(index) / double(count - 1) : 0.5;
        double value = log ? low * std::pow(high / low, share) : low + (high - low) * share;
        if (kind == Kind::Whole)
            value = low + step * std::round((value - low) / step);
        else
            value = std::clamp(rounded(value), low, high);
        if (values.empty() || value > values.back())
            values.push_back(std::min(value, high));
    }
    return values;
}

std::string SearchAxis::text(double value) const
{
    switch (kind) {
    case Kind::Real: return shortNumber(value);
    case Kind::Whole: return std::to_string(std::llround(value));
    case Kind::Choice: break;
    }
    const auto index = std::size_t(std::clamp(value, 0.0, double(choices.size()) - 1));
    return choices[index];
}

} // namespace netloom
