// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/number_text.h"

#include <charconv>
#include <cmath>
#include <ctime>

namespace netloom {

std::string fixedText(double number, int digits)
{
    if (!std::isfinite(number) || std::abs(number) >= 1e15)
        return shortest(number);
    char buffer[64];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed, digits).ptr};
}

std::string percentText(double share, int digits)
{
    return fixedText(share * 100, digits) + " %";
}

std::string figureText(double number)
{
    if (!std::isfinite(number))
        return "–";
    if (std::abs(number) >= 1000 && std::abs(number) < 1e15)
        return groupedText(std::llround(number));
    char buffer[64];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::general, 4).ptr};
}

std::string r2Text(double r2)
{
    return std::isfinite(r2) ? fixedText(r2, 3) : "–";
}

std::string groupedText(std::int64_t number)
{
    std::string text = std::to_string(number);
    const int first = number < 0 ? 1 : 0;
    for (int at = static_cast<int>(text.size()) - 3; at > first; at -= 3)
        text.insert(static_cast<std::size_t>(at), "\u202f");
    return text;
}

std::string durationText(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 0)
        return "?";
    if (seconds < 10)
        return fixedText(seconds, 1) + " s";
    const auto whole = std::llround(seconds);
    if (whole < 60)
        return std::to_string(whole) + " s";
    if (whole < 3600)
        return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
    return std::to_string(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
}

std::string nowText()
{
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    char buffer[40];
    return {buffer, std::strftime(buffer, sizeof buffer, "%Y-%m-%dT%H:%M:%S%z", &local)};
}

} // namespace netloom
