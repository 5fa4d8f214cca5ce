// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/seed_verdict.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace netloom {

namespace {

std::string rounded(double number, const char *format)
{
    std::array<char, 64> text{};
    const int length = std::snprintf(text.data(), text.size(), format, number);
    std::string figure(text.data(), std::size_t(std::max(length, 0)));
    std::ranges::replace(figure, ',', '.'); // the same in every locale
    return figure;
}

/// "0.4 points" of a share, "0.0123" of another number.
std::string apart(const std::string &figure, double difference, bool unit)
{
    if (isShare(figure))
        return rounded(100 * difference, "%.1f") + (unit ? " points" : "");
    return rounded(difference, "%.3g");
}

std::string probabilityText(double probability)
{
    return probability < 0.001 ? "p < 0.001" : "p = " + rounded(probability, "%.2g");
}

} // namespace

std::string figureTitle(const std::string &figure)
{
    const std::size_t bar = figure.find('_');
    if (bar == std::string::npos)
        return figure;
    const std::string split = figure.substr(0, bar), what = figure.substr(bar + 1);
    const std::string whose = split == "train" ? "Training " : split == "val" ? "Validation " : split == "test" ? "Test " : "";
    if (whose.empty())
        return figure;
    std::string name = what == "r2" ? "R²" : what == "mae" || what == "rmse" ? what : what;
    if (what == "mae" || what == "rmse")
        std::ranges::transform(name, name.begin(), [](unsigned char letter) { return char(std::toupper(letter)); });
    std::ranges::replace(name, '_', ' ');
    return whose + name;
}

bool isShare(const std::string &figure)
{
    return figure.ends_with("_accuracy");
}

bool isLoss(const std::string &figure)
{
    return figure.ends_with("loss") || figure.ends_with("_mae") || figure.ends_with("_rmse");
}

std::string commonFigure(const Contender &a, const Contender &b)
{
    const auto has = [](const Contender &contender, const char *figure) {
        return !contender.runs.empty() && std::ranges::all_of(contender.runs, [&](const RunEntry &run) { return run.figure(figure).has_value(); });
    };
    for (const char *figure : {"test_accuracy", "test_r2", "val_accuracy", "val_r2", "val_loss", "train_loss"}) {
        if (has(a, figure) && has(b, figure))
            return figure;
    }
    return {};
}

Spread spreadOf(const Contender &contender, const std::string &figure)
{
    std::vector<double> values;
    for (const RunEntry &run : contender.runs) {
        if (const auto value = run.figure(figure))
            values.push_back(*value);
    }
    return spreadOf(values);
}

std::string seedVerdict(const Contender &a, const Contender &b)
{
    constexpr double kRare = 0.05;
    const std::string figure = commonFigure(a, b);
    if (figure.empty())
        return {};
    const Spread one = spreadOf(a, figure), other = spreadOf(b, figure);
    const double difference = std::abs(one.mean - other.mean);
    const double spread = std::max(one.deviation, other.deviation);
    const std::string start = figureTitle(figure) + ": " + apart(figure, difference, true) + " apart";
    if (one.count < 2 && other.count < 2)
        return start + ", with one seed each. Repeat with several seeds to see how much is chance.";
    const std::string seeds = "the spread of " + apart(figure, spread, false) + " of the seeds";
    if (difference <= spread)
        return start + ", within " + seeds + ": no difference shown.";
    if (one.count < 2 || other.count < 2)
        return start + ", more than " + seeds + ". Repeat both with several seeds to be sure.";
    const double probability = welchProbability(one, other);
    const std::string chance = " (Welch's t-test, " + probabilityText(probability) + ").";
    if (probability > kRare)
        return start + ", more than " + seeds + ", but with " + std::to_string(one.count) + " and " + std::to_string(other.count)
            + " seeds that may be chance" + chance;
    return start + ", more than " + seeds + ": a difference" + chance;
}

} // namespace netloom
