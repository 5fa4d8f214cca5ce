// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/template_picture.h"

#include "theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>

#include <array>
#include <cmath>
#include <vector>

namespace netloom {

namespace {

QColor faded(QColor colour, double alpha)
{
    colour.setAlphaF(static_cast<float>(alpha));
    return colour;
}

void paintLayers(QPainter &painter, const QRectF &area, const std::vector<int> &units, const QColor &colour)
{
    const double columnStep = area.width() / double(units.size());
    std::vector<std::vector<QPointF>> columns;
    for (std::size_t column = 0; column < units.size(); ++column) {
        const double step = area.height() / (units[column] + 1);
        std::vector<QPointF> points;
        for (int unit = 1; unit <= units[column]; ++unit)
            points.emplace_back(area.left() + columnStep * (double(column) + 0.5), area.top() + step * unit);
        columns.push_back(points);
    }
    painter.setPen(QPen(faded(colour, 0.35), 1));
    for (std::size_t column = 1; column < columns.size(); ++column) {
        for (const QPointF &from : columns[column - 1]) {
            for (const QPointF &to : columns[column])
                painter.drawLine(from, to);
        }
    }
    painter.setPen(QPen(Theme::current().raised, 2));
    painter.setBrush(colour);
    for (const auto &column : columns) {
        for (const QPointF &point : column)
            painter.drawEllipse(point, 6, 6);
    }
}

/// Stacks of feature maps that shrink and grow in number from left to right.
void paintFeatureMaps(QPainter &painter, const QRectF &area)
{
    const Theme &theme = Theme::current();
    struct Stack {
        double at;
        double side;
        int maps;
        QColor colour;
    };
    const std::array stacks{
        Stack{0.08, 0.74, 1, theme.category(Category::Source)},
        Stack{0.30, 0.60, 4, theme.category(Category::Layer)},
        Stack{0.58, 0.38, 6, theme.category(Category::Pooling)},
        Stack{0.84, 0.16, 5, theme.category(Category::Loss)},
    };
    for (const Stack &stack : stacks) {
        const double side = area.height() * stack.side;
        for (int map = stack.maps - 1; map >= 0; --map) {
            const QPointF corner(area.left() + area.width() * stack.at + map * 5 - 6, area.center().y() - side / 2 - map * 3 + 4);
            painter.setPen(QPen(theme.raised, 1.5));
            painter.setBrush(faded(stack.colour, map == 0 ? 1.0 : 0.55));
            painter.drawRoundedRect(QRectF(corner, QSizeF(side * 0.62, side)), 3, 3);
        }
    }
}

void paintPhoto(QPainter &painter, const QRectF &frame, const QColor &colour, double angle)
{
    const Theme &theme = Theme::current();
    painter.save();
    painter.translate(frame.center());
    painter.rotate(angle);
    const QRectF card(-frame.width() / 2, -frame.height() / 2, frame.width(), frame.height());
    painter.setPen(QPen(theme.border, 1));
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(card, 4, 4);
    const QRectF inside = card.adjusted(5, 5, -5, -5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(faded(colour, 0.25));
    painter.drawRoundedRect(inside, 2, 2);
    QPainterPath hills(inside.bottomLeft());
    hills.lineTo(inside.left() + inside.width() * 0.35, inside.top() + inside.height() * 0.4);
    hills.lineTo(inside.left() + inside.width() * 0.6, inside.top() + inside.height() * 0.75);
    hills.lineTo(inside.left() + inside.width() * 0.75, inside.top() + inside.height() * 0.58);
    hills.lineTo(inside.bottomRight());
    hills.closeSubpath();
    painter.setBrush(colour);
    painter.drawPath(hills);
    painter.drawEllipse(QPointF(inside.right() - inside.width() * 0.22, inside.top() + inside.height() * 0.26), 5, 5);
    painter.restore();
}

void paintFolder(QPainter &painter, const QRectF &area)
{
    const Theme &theme = Theme::current();
    const double side = area.height() * 0.62;
    const QPointF centre = area.center();
    paintPhoto(painter, QRectF(centre.x() - side * 1.45, centre.y() - side * 0.45, side, side), theme.category(Category::Transform), -8);
    paintPhoto(painter, QRectF(centre.x() + side * 0.45, centre.y() - side * 0.45, side, side), theme.category(Category::Pooling), 8);
    paintPhoto(painter, QRectF(centre.x() - side * 0.5, centre.y() - side * 0.55, side, side), theme.category(Category::Source), 0);
}

void paintTwoClasses(QPainter &painter, const QRectF &area)
{
    const Theme &theme = Theme::current();
    const double side = area.height() * 0.58;
    const QPointF centre = area.center();
    paintPhoto(painter, QRectF(centre.x() - side * 1.35, centre.y() - side / 2, side, side), theme.category(Category::Source), -4);
    paintPhoto(painter, QRectF(centre.x() + side * 0.35, centre.y() - side / 2, side, side), theme.category(Category::Loss), 4);
    QPen divider(theme.textMuted, 1.5, Qt::DashLine, Qt::RoundCap);
    painter.setPen(divider);
    painter.drawLine(QPointF(centre.x(), area.top() + 4), QPointF(centre.x(), area.bottom() - 4));
}

/// A sheet of cells with its header; one column stands out, as cells of another colour or as a bar for each row.
void paintTable(QPainter &painter, const QRectF &area, bool number)
{
    const Theme &theme = Theme::current();
    constexpr int kColumns = 4;
    constexpr int kRows = 5;
    constexpr std::array kBars{0.35, 0.8, 0.55, 0.95};
    const QRectF sheet(area.center().x() - area.height() * 0.85, area.top() + 6, area.height() * 1.7, area.height() - 12);
    const QSizeF cell(sheet.width() / kColumns, sheet.height() / kRows);
    const std::array classes{theme.category(Category::Source), theme.category(Category::Loss), theme.category(Category::Source), theme.category(Category::Pooling)};
    painter.setPen(Qt::NoPen);
    for (int row = 0; row < kRows; ++row) {
        for (int column = 0; column < kColumns; ++column) {
            QRectF place(sheet.left() + cell.width() * column, sheet.top() + cell.height() * row, cell.width() - 4, cell.height() - 4);
            const bool learned = column == kColumns - 1;
            if (row == 0)
                painter.setBrush(theme.textMuted);
            else
                painter.setBrush(!learned ? faded(theme.category(Category::Layer), 0.3) : number ? theme.category(Category::Loss) : classes[std::size_t(row - 1)]);
            if (row > 0 && learned && number)
                place.setWidth(place.width() * kBars[std::size_t(row - 1)]);
            painter.drawRoundedRect(place, 2, 2);
        }
    }
}

/// Several shapes in one picture.
void paintShapes(QPainter &painter, const QRectF &area)
{
    const Theme &theme = Theme::current();
    const double side = area.height() * 0.86;
    const QRectF card(area.center().x() - side * 0.72, area.center().y() - side / 2, side * 1.44, side);
    painter.setPen(QPen(theme.border, 1));
    painter.setBrush(faded(theme.category(Category::Layer), 0.16));
    painter.drawRoundedRect(card, 4, 4);
    painter.setPen(Qt::NoPen);
    const double radius = side * 0.19;
    painter.setBrush(theme.category(Category::Source));
    painter.drawEllipse(QPointF(card.left() + side * 0.34, card.top() + side * 0.34), radius, radius);
    painter.setBrush(theme.category(Category::Loss));
    const QPointF middle(card.left() + side * 0.74, card.top() + side * 0.68);
    painter.drawPolygon(QPolygonF{middle + QPointF(0, -radius), middle + QPointF(radius, radius * 0.8), middle + QPointF(-radius, radius * 0.8)});
    painter.setBrush(theme.category(Category::Pooling));
    painter.save();
    painter.translate(card.left() + side * 1.1, card.top() + side * 0.34);
    painter.rotate(20);
    painter.drawRoundedRect(QRectF(-radius * 0.85, -radius * 0.85, radius * 1.7, radius * 1.7), 2, 2);
    painter.restore();
}

/// Points on three arms.
void paintSpirals(QPainter &painter, const QRectF &area)
{
    const Theme &theme = Theme::current();
    constexpr int kPoints = 16;
    const std::array arms{theme.category(Category::Source), theme.category(Category::Loss), theme.category(Category::Pooling)};
    painter.setPen(Qt::NoPen);
    for (std::size_t arm = 0; arm < arms.size(); ++arm) {
        painter.setBrush(arms[arm]);
        for (int point = 2; point < kPoints; ++point) {
            const double along = double(point) / kPoints;
            const double angle = 2 * M_PI * (double(arm) / double(arms.size()) + 0.75 * along);
            painter.drawEllipse(area.center() + along * area.height() * 0.58 * QPointF(1.6 * std::cos(angle), std::sin(angle)), 3.2, 3.2);
        }
    }
}

/// A wave whose steps are read one after the other.
void paintWave(QPainter &painter, const QRectF &area)
{
    const Theme &theme = Theme::current();
    constexpr int kSteps = 15;
    QPolygonF steps;
    for (int step = 0; step < kSteps; ++step) {
        const double along = double(step) / (kSteps - 1);
        steps << QPointF(area.left() + area.width() * (0.08 + 0.84 * along), area.center().y() - 0.32 * area.height() * std::sin(4 * M_PI * along));
    }
    painter.setPen(QPen(faded(theme.category(Category::Layer), 0.45), 2));
    painter.drawPolyline(steps);
    painter.setPen(Qt::NoPen);
    for (int step = 0; step < kSteps; ++step) {
        painter.setBrush(step == kSteps - 1 ? theme.category(Category::Loss) : theme.category(Category::Source));
        painter.drawEllipse(steps[step], 3.6, 3.6);
    }
}

} // namespace

void paintTemplatePicture(QPainter &painter, const QRectF &area, const QString &templateId)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (templateId.startsWith(QLatin1String("mlp")))
        paintLayers(painter, area, {5, 4, 4, 3}, Theme::current().category(Category::Layer));
    else if (templateId.startsWith(QLatin1String("binary")))
        paintTwoClasses(painter, area);
    else if (templateId.startsWith(QLatin1String("table")))
        paintTable(painter, area, templateId.endsWith(QLatin1String("regression")));
    else if (templateId == QLatin1String("spirals"))
        paintSpirals(painter, area);
    else if (templateId == QLatin1String("lstm-waves"))
        paintWave(painter, area);
    else if (templateId.startsWith(QLatin1String("multi-label")))
        paintShapes(painter, area);
    else if (templateId.contains(QLatin1String("folder")))
        paintFolder(painter, area);
    else
        paintFeatureMaps(painter, area);
    painter.restore();
}

} // namespace netloom
