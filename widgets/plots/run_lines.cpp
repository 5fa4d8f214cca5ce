// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/run_lines.h"

#include "runs/curve_statistics.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace netloom {

namespace {

constexpr int kMostRead = 16; ///< runs in a text

double valueOf(const std::pair<double, double> &point)
{
    return point.second;
}

double epochOf(const std::pair<double, double> &point)
{
    return point.first;
}

std::optional<double> nearestEpoch(const CurvePoints &curve, double epoch)
{
    if (curve.empty())
        return std::nullopt;
    auto after = std::ranges::lower_bound(curve, epoch, {}, epochOf);
    if (after == curve.end() || (after != curve.begin() && epoch - std::prev(after)->first <= after->first - epoch))
        --after;
    return after->first;
}

QString valueText(const std::string &measure, double value)
{
    return measure == "accuracy" ? RunLines::tr("%1 %").arg(100 * value, 0, 'f', 1) : QString::number(value, 'f', measure == "r2" ? 3 : 4);
}

} // namespace

std::string RunLines::scoreMeasure() const
{
    for (const RunLine &line : m_lines) {
        if (std::ranges::any_of(line.runs, [](const RunCurves &run) { return run.contains("train_r2"); }))
            return "r2";
    }
    return "accuracy";
}

CurvePoints RunLines::mean(const RunLine &line, const std::string &curve)
{
    std::vector<CurvePoints> curves;
    for (const RunCurves &run : line.runs) {
        if (const auto found = run.find(curve); found != run.end())
            curves.push_back(found->second);
    }
    return curves.empty() ? CurvePoints() : curves.size() == 1 ? curves.front() : bandOf(curves).mean;
}

RunLines::Best RunLines::bestOf(const RunLine &line, const std::string &measure)
{
    const CurvePoints curve = mean(line, "val_" + measure);
    if (curve.empty())
        return {};
    const auto best = measure == "loss" ? std::ranges::min_element(curve, {}, valueOf) : std::ranges::max_element(curve, {}, valueOf);
    return {&line, best->first, best->second};
}

RunLines::Best RunLines::bestOfAll(const std::string &measure) const
{
    Best best;
    for (const RunLine &line : m_lines) {
        const Best own = bestOf(line, measure);
        if (own.line && (!best.line || (measure == "loss" ? own.value < best.value : own.value > best.value)))
            best = own;
    }
    return best;
}

QString RunLines::bestText() const
{
    const std::string measure = scoreMeasure();
    const Best best = bestOfAll(measure);
    return best.line ? tr("Best: %1, %2 in epoch %3").arg(best.line->name, valueText(measure, best.value)).arg(best.epoch) : QString();
}

QString RunLines::textAt(double epoch, bool training, bool validation) const
{
    const std::array<std::string, 2> measures{"loss", scoreMeasure()};
    struct Curve {
        const RunLine *line;
        std::string measure;
        bool validated;
        CurvePoints points;
    };
    std::vector<Curve> curves;
    std::optional<double> nearest;
    for (const RunLine &line : m_lines) {
        for (const std::string &measure : measures) {
            for (const bool validated : {true, false}) {
                if (!(validated ? validation : training))
                    continue;
                curves.push_back({&line, measure, validated, mean(line, (validated ? "val_" : "train_") + measure)});
                if (const auto x = nearestEpoch(curves.back().points, epoch); x && (!nearest || std::abs(*x - epoch) < std::abs(*nearest - epoch)))
                    nearest = x;
            }
        }
    }
    if (!nearest)
        return {};
    QStringList lines{tr("Epoch %1").arg(*nearest)};
    for (const RunLine &line : m_lines) {
        QStringList values;
        for (const Curve &curve : curves) {
            const auto at = std::ranges::lower_bound(curve.points, *nearest, {}, epochOf);
            if (curve.line != &line || at == curve.points.end() || at->first != *nearest)
                continue;
            const QString value = valueText(curve.measure, at->second);
            values << (curve.validated ? value : tr("(%1)").arg(value));
        }
        if (!values.isEmpty() && lines.size() <= kMostRead)
            lines << line.name + QStringLiteral(":  ") + values.join(QStringLiteral("  "));
    }
    if (training && validation)
        lines << tr("loss and score; training in brackets");
    return lines.join('\n');
}

} // namespace netloom
