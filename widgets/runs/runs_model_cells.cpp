// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/curve_statistics.h"
#include "runs/runs_model.h"
#include "runs/seed_verdict.h"
#include "theme/theme.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QIcon>
#include <QLocale>
#include <QPainter>
#include <QPixmap>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

QString timeText(const std::string &stamp)
{
    constexpr qsizetype kWithoutZone = 19; // "2026-11-25T14:30:05": local time already
    const QDateTime time = QDateTime::fromString(QString::fromStdString(stamp).left(kWithoutZone), Qt::ISODate);
    if (!time.isValid())
        return QString::fromStdString(stamp);
    const bool thisYear = time.date().year() == QDate::currentDate().year();
    return QLocale().toString(time, thisYear ? QStringLiteral("d MMM HH:mm") : QStringLiteral("d MMM yyyy HH:mm"));
}

QString secondsText(double seconds)
{
    if (seconds < 10)
        return RunsModel::tr("%1 s").arg(seconds, 0, 'f', 1);
    const auto whole = std::llround(seconds);
    if (whole < 60)
        return RunsModel::tr("%1 s").arg(whole);
    if (whole < 3600)
        return RunsModel::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    return RunsModel::tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

QString statusText(const std::string &status)
{
    if (status == "running")
        return RunsModel::tr("running");
    if (status == "finished")
        return RunsModel::tr("finished");
    if (status == "stopped")
        return RunsModel::tr("stopped");
    if (status == "failed")
        return RunsModel::tr("failed");
    return status == "interrupted" ? RunsModel::tr("interrupted") : QString::fromStdString(status);
}

QColor statusColour(const std::string &status)
{
    const Theme &theme = Theme::current();
    if (status == "running")
        return theme.accent;
    if (status == "failed")
        return theme.error;
    return status == "interrupted" ? theme.warning : theme.text;
}

/// The same on a selected row, which Qt would tint.
QIcon swatch(const QColor &colour)
{
    constexpr int kSide = 16, kScale = 2;
    QPixmap picture(kSide * kScale, kSide * kScale);
    picture.setDevicePixelRatio(kScale);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QRectF(3, 3, 10, 10));
    painter.end();
    QIcon icon(picture);
    icon.addPixmap(picture, QIcon::Selected);
    return icon;
}

QString spreadText(const Spread &spread, CellKind kind)
{
    if (kind == CellKind::Share)
        return RunsModel::tr("%1 ± %2 %").arg(100 * spread.mean, 0, 'f', 1).arg(100 * spread.deviation, 0, 'f', 1);
    return RunsModel::tr("%1 ± %2").arg(spread.mean, 0, 'g', 4).arg(spread.deviation, 0, 'g', 2);
}

std::vector<double> numbersOf(const std::vector<const RunEntry *> &runs, const RunColumn &column)
{
    std::vector<double> numbers;
    for (const RunEntry *run : runs) {
        if (const auto number = cellOf(*run, column).number)
            numbers.push_back(*number);
    }
    return numbers;
}

bool isFigure(const RunColumn &column)
{
    return column.kind == CellKind::Share || column.kind == CellKind::Number;
}

} // namespace

QString cellText(const RunCell &cell, CellKind kind)
{
    if (cell.text.empty())
        return {};
    switch (kind) {
    case CellKind::Time: return timeText(cell.text);
    case CellKind::Whole: return QLocale().toString(qlonglong(*cell.number));
    case CellKind::Number: return QString::number(*cell.number, 'g', 4);
    case CellKind::Share: return RunsModel::tr("%1 %").arg(100 * *cell.number, 0, 'f', 1);
    case CellKind::Seconds: return secondsText(*cell.number);
    case CellKind::Amount:
    case CellKind::Text: break;
    }
    return QString::fromStdString(cell.text);
}

QString runCountText(int count)
{
    return count == 1 ? RunsModel::tr("1 run") : RunsModel::tr("%1 runs").arg(count);
}

QString columnTitle(const RunColumn &column)
{
    return QCoreApplication::translate("RunColumns", column.title.c_str());
}

RunCell RunsModel::cell(const QModelIndex &index) const
{
    const RunColumn &column = m_columns[std::size_t(index.column())];
    const auto runs = runsOf(index);
    if (runs.empty())
        return {};
    if (!isGroup(index))
        return cellOf(*runs.front(), column);
    const std::vector<double> numbers = numbersOf(runs, column);
    if (column.kind == CellKind::Seconds && !numbers.empty()) {
        double sum = 0;
        for (const double number : numbers)
            sum += number;
        return {QString::number(sum).toStdString(), sum};
    }
    if (isFigure(column) && !numbers.empty()) {
        const double number = runs.front()->isOfSeeds ? spreadOf(numbers).mean : isLoss(column.id) ? std::ranges::min(numbers) : std::ranges::max(numbers);
        return {QString::number(number, 'g', 17).toStdString(), number};
    }
    if (column.id == "run")
        return {runs.front()->group, std::nullopt};
    return cellOf(*runs.front(), column);
}

/// What the runs of a group have in common, or the few values that they have.
QString RunsModel::groupText(const std::vector<const RunEntry *> &runs, const RunColumn &column) const
{
    constexpr qsizetype kMostValues = 4;
    const bool seeds = runs.front()->isOfSeeds;
    const std::vector<double> numbers = numbersOf(runs, column);
    if (column.id == "run") {
        const QString name = QString::fromStdString(runs.front()->group);
        return seeds ? tr("%1 (seeds: %2)").arg(name).arg(runs.size()) : tr("%1 (%2)").arg(name, runCountText(int(runs.size())));
    }
    if (isFigure(column))
        return numbers.empty() ? QString() : seeds ? spreadText(spreadOf(numbers), column.kind)
                                                   : tr("best %1").arg(cellText({"x", isLoss(column.id) ? std::ranges::min(numbers) : std::ranges::max(numbers)}, column.kind));
    if (column.kind == CellKind::Seconds && !numbers.empty()) {
        double sum = 0;
        for (const double number : numbers)
            sum += number;
        return secondsText(sum);
    }
    std::vector<RunCell> cells;
    for (const RunEntry *run : runs)
        cells.push_back(cellOf(*run, column));
    std::ranges::sort(cells, cellLess);
    QStringList values;
    for (const RunCell &cell : cells) {
        const QString text = column.id == "status" ? statusText(cell.text) : cellText(cell, column.kind);
        if (!text.isEmpty() && !values.contains(text))
            values << text;
    }
    if (column.kind == CellKind::Time)
        return values.isEmpty() ? QString() : values.front();
    if (values.size() > kMostValues)
        return tr("%1 values").arg(values.size());
    return values.join(QStringLiteral(", "));
}

QString RunsModel::shownText(const QModelIndex &index) const
{
    const RunColumn &column = m_columns[std::size_t(index.column())];
    const auto runs = runsOf(index);
    if (runs.empty())
        return {};
    if (isGroup(index))
        return groupText(runs, column);
    const RunEntry &run = *runs.front();
    if (column.id == "run" && index.parent().isValid())
        return QString::fromStdString(run.folder.filename().string());
    if (column.id == "status")
        return statusText(run.status);
    return cellText(cellOf(run, column), column.kind);
}

bool RunsModel::isBest(const QModelIndex &index) const
{
    const auto &best = m_best[std::size_t(index.column())];
    if (!best || index.internalId() != 0)
        return false;
    const auto number = cell(index).number;
    return number && *number == *best;
}

QVariant RunsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const RunColumn &column = m_columns[std::size_t(index.column())];
    switch (role) {
    case Qt::DisplayRole: return shownText(index);
    case KeyRole:
        return index.internalId() == 0 ? m_tops[std::size_t(index.row())].key : m_tops[std::size_t(index.internalId() - 1)].runs[std::size_t(index.row())];
    case Qt::TextAlignmentRole:
        return int(column.kind == CellKind::Text || column.kind == CellKind::Time ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    case Qt::DecorationRole: {
        if (index.column() != 0)
            return {};
        const auto colour = m_colours.constFind(keyOf(index));
        return colour == m_colours.constEnd() ? swatch(Qt::transparent) : swatch(*colour);
    }
    case Qt::FontRole: return isBest(index) ? QVariant(themeFont(TextRole::Section)) : QVariant();
    case Qt::ForegroundRole:
        if (isBest(index))
            return Theme::current().success;
        if (column.id == "status" && !isGroup(index))
            return statusColour(runsOf(index).empty() ? std::string() : runsOf(index).front()->status);
        return {};
    case Qt::ToolTipRole: {
        const auto runs = runsOf(index);
        if (!runs.empty() && !isGroup(index) && column.id == "status" && !runs.front()->failure.empty())
            return QString::fromStdString(runs.front()->failure);
        return isBest(index) ? tr("%1: the best of those shown").arg(shownText(index)) : shownText(index);
    }
    default: return {};
    }
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const RunColumn &column = m_columns[std::size_t(section)];
    if (role == Qt::DisplayRole)
        return columnTitle(column);
    if (role == Qt::ToolTipRole)
        return tr("%1 – in the search field: %2").arg(columnTitle(column), QString::fromStdString(column.id));
    if (role == Qt::TextAlignmentRole)
        return int(column.kind == CellKind::Text || column.kind == CellKind::Time ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

} // namespace netloom
