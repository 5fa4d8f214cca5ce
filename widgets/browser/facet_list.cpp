// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser/facet_list.h"

#include "panels/fact_rows.h"
#include "theme/theme.h"

#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>
#include <numeric>

namespace netloom {

namespace {

constexpr int kRow = 28;
constexpr int kRowWithBar = 36;
enum Role { KeyRole = Qt::UserRole, TrainRole, ValRole, TestRole, MostRole, BarRole, DotRole };

class FacetDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        return {60, index.data(BarRole).toBool() ? kRowWithBar : kRow};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::current();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool selected = option.state & QStyle::State_Selected;
        const QRectF back = QRectF(option.rect).adjusted(6, 1, -6, -1);
        if (selected || option.state & QStyle::State_MouseOver) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(selected ? theme.accentSoft : theme.hover);
            painter->drawRoundedRect(back, Theme::kRadius, Theme::kRadius);
        }
        if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
            painter->setPen(QPen(theme.accent, 1.5));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(back, Theme::kRadius, Theme::kRadius);
        }
        const bool bar = index.data(BarRole).toBool();
        QRect line = option.rect.adjusted(14, bar ? 3 : 0, -14, bar ? -11 : 0);
        paintLine(*painter, line, index);
        if (bar)
            paintBar(*painter, QRectF(line.left(), option.rect.bottom() - 10, line.width(), 5), index);
        painter->restore();
    }

private:
    static void paintLine(QPainter &painter, QRect line, const QModelIndex &index)
    {
        const Theme &theme = Theme::current();
        painter.setFont(themeFont(TextRole::Small));
        const std::int64_t all = index.data(TrainRole).toLongLong() + index.data(ValRole).toLongLong() + index.data(TestRole).toLongLong();
        const QString count = grouped(all);
        painter.setPen(theme.textMuted);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, count);
        line.setRight(line.right() - painter.fontMetrics().horizontalAdvance(count) - 8);
        if (const auto dot = index.data(DotRole).value<QColor>(); dot.isValid()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(dot);
            painter.drawEllipse(QRectF(line.left(), line.center().y() - 3, 7, 7));
            line.setLeft(line.left() + 14);
        }
        painter.setPen(theme.text);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, line.width()));
    }

    static void paintBar(QPainter &painter, const QRectF &room, const QModelIndex &index)
    {
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::current().border);
        painter.drawRoundedRect(room, 2.5, 2.5);
        const double most = std::max(1.0, index.data(MostRole).toDouble());
        double left = room.left();
        for (int split = 0; split < 3; ++split) {
            const double width = room.width() * double(index.data(TrainRole + split).toLongLong()) / most;
            if (width <= 0)
                continue;
            painter.setBrush(FacetList::splitColour(split));
            painter.drawRect(QRectF(left, room.top(), std::max(1.0, width - 1), room.height()));
            left += width;
        }
    }
};

} // namespace

FacetList::FacetList(QWidget *parent) : QListWidget(parent)
{
    setItemDelegate(new FacetDelegate(this));
    setFrameShape(QFrame::NoFrame);
    viewport()->setAutoFillBackground(false);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setUniformItemSizes(false);
    connect(this, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem *item) {
        if (item && !m_filling)
            emit chosen(item->data(KeyRole).toInt());
    });
}

QColor FacetList::splitColour(int split)
{
    const Theme &theme = Theme::current();
    return split == 0 ? theme.curveTrain : split == 1 ? theme.curveVal : theme.success;
}

void FacetList::setRows(const std::vector<Row> &rows)
{
    m_filling = true;
    const int before = currentItem() ? chosenKey() : 0;
    std::int64_t most = 1;
    for (const Row &row : rows) {
        if (row.bar)
            most = std::max(most, std::accumulate(row.counts.begin(), row.counts.end(), std::int64_t{0}));
    }
    const int scrolled = verticalScrollBar()->value();
    clear();
    for (const Row &row : rows) {
        auto *item = new QListWidgetItem(row.name, this);
        item->setData(KeyRole, row.key);
        for (int split = 0; split < 3; ++split)
            item->setData(TrainRole + split, qlonglong(row.counts[std::size_t(split)]));
        item->setData(MostRole, qlonglong(most));
        item->setData(BarRole, row.bar);
        item->setData(DotRole, row.dot);
        const QString counts = tr("%1 training, %2 validation, %3 test").arg(grouped(row.counts[0]), grouped(row.counts[1]), grouped(row.counts[2]));
        item->setToolTip(row.bar ? row.name + '\n' + counts : row.name);
        item->setData(Qt::AccessibleTextRole, row.name + ", " + counts);
    }
    choose(before);
    verticalScrollBar()->setValue(scrolled);
    m_filling = false;
}

int FacetList::chosenKey() const
{
    return currentItem() ? currentItem()->data(KeyRole).toInt() : 0;
}

void FacetList::choose(int key)
{
    int row = 0;
    for (int at = 0; at < count(); ++at) {
        if (item(at)->data(KeyRole).toInt() == key)
            row = at;
    }
    setCurrentRow(row);
}

void FacetList::fitRows(int most)
{
    int height = 2;
    for (int at = 0; at < count(); ++at)
        height += item(at)->data(BarRole).toBool() ? kRowWithBar : kRow;
    setMaximumHeight(std::max(height, kRow));
    setMinimumHeight(std::min(height, most));
}

} // namespace netloom
