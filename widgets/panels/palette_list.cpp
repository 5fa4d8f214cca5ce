// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/palette_list.h"

#include "panels/palette_panel.h"
#include "theme/theme.h"

#include <QDrag>
#include <QEvent>
#include <QMimeData>
#include <QPainter>
#include <QStyledItemDelegate>

namespace netloom {

namespace {

constexpr int kRowHeight = 32;

class PaletteDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        return {80, index.data(PaletteList::TypeRole).isValid() ? kRowHeight : kRowHeight + (index.row() > 0 ? 6 : 0)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (index.data(PaletteList::TypeRole).isValid())
            paintType(painter, option, index);
        else
            paintHeading(painter, option, index);
        painter->restore();
    }

private:
    static void paintHeading(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
    {
        const Theme &theme = Theme::current();
        const QRect rect = option.rect.adjusted(0, index.row() > 0 ? 6 : 0, 0, 0);
        const bool hovered = option.state & QStyle::State_MouseOver;
        const QColor colour = hovered ? theme.text : theme.textMuted;
        const bool folded = index.data(PaletteList::FoldedRole).toBool();
        themedIcon(folded ? "chevron-right" : "chevron-down", colour).paint(painter, QRect(rect.left() + 8, rect.center().y() - 6, 14, 14));
        QFont font = themeFont(TextRole::Small);
        font.setWeight(QFont::DemiBold);
        painter->setFont(font);
        painter->setPen(colour);
        painter->drawText(rect.adjusted(28, 0, -12, 0), Qt::AlignLeft | Qt::AlignVCenter, index.data(Qt::DisplayRole).toString());
    }

    static void paintType(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
    {
        const Theme &theme = Theme::current();
        const QRect rect = option.rect;
        const bool selected = option.state & QStyle::State_Selected;
        if (selected || option.state & QStyle::State_MouseOver) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(selected ? theme.accentSoft : theme.hover);
            painter->drawRoundedRect(QRectF(rect).adjusted(6, 1, -6, -1), Theme::kRadius, Theme::kRadius);
        }
        const auto category = Category(index.data(PaletteList::CategoryRole).toInt());
        const QColor colour = theme.category(category);
        const QRectF tile(rect.left() + 14, rect.center().y() - 10.5, 22, 22);
        painter->setPen(Qt::NoPen);
        painter->setBrush(mixed(theme.panel, colour, theme.dark ? 0.22 : 0.13));
        painter->drawRoundedRect(tile, 5, 5);
        themedIcon(categoryIconName(category), colour).paint(painter, tile.adjusted(3, 3, -3, -3).toRect());
        painter->setFont(themeFont(TextRole::Body));
        painter->setPen(theme.text);
        const QRect text = rect.adjusted(46, 0, -12, 0);
        painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
            painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, text.width()));
    }
};

/// The small node card that hangs on the cursor while a type is dragged.
QPixmap nodeCard(const QString &type, Category category, double ratio)
{
    const Theme &theme = Theme::current();
    const QFont font = themeFont(TextRole::Section);
    const QSize size(QFontMetrics(font).horizontalAdvance(type) + 60, 40);
    QPixmap card(size * ratio);
    card.setDevicePixelRatio(ratio);
    card.fill(Qt::transparent);
    QPainter painter(&card);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = theme.category(category);
    painter.setPen(QPen(colour, 1.5));
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(QRectF({}, QSizeF(size)).adjusted(1, 1, -1, -1), 8, 8);
    themedIcon(categoryIconName(category), colour).paint(&painter, QRect(14, 11, 18, 18));
    painter.setFont(font);
    painter.setPen(theme.text);
    painter.drawText(QRect(42, 0, size.width() - 42, size.height()), Qt::AlignVCenter, type);
    return card;
}

} // namespace

PaletteList::PaletteList(QWidget *parent) : QListWidget(parent)
{
    setItemDelegate(new PaletteDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setDragEnabled(true);
    setDragDropMode(QAbstractItemView::DragOnly);
    setMouseTracking(true);
    setAutoFillBackground(true);
    viewport()->setBackgroundRole(QPalette::Window);
}

void PaletteList::addHeading(Category category, int count, bool folded)
{
    auto *item = new QListWidgetItem(QString::fromStdString(toString(category)), this);
    item->setData(CategoryRole, int(category));
    item->setData(FoldedRole, folded);
    item->setFlags(Qt::ItemIsEnabled);
    item->setToolTip(folded ? tr("Show %n types", nullptr, count) : tr("Hide %n types", nullptr, count));
}

void PaletteList::addNodeType(const NodeSpec &spec)
{
    auto *item = new QListWidgetItem(QString::fromStdString(spec.type), this);
    item->setData(TypeRole, QString::fromStdString(spec.type));
    item->setData(CategoryRole, int(spec.category));
    item->setToolTip("<qt><b>" + QString::fromStdString(spec.type).toHtmlEscaped() + "</b><br>" + QString::fromStdString(spec.doc).toHtmlEscaped() + "</qt>");
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled);
}

void PaletteList::startDrag(Qt::DropActions)
{
    QListWidgetItem *item = currentItem();
    if (!item || isHeading(item))
        return;
    auto *drag = new QDrag(this);
    drag->setMimeData(PalettePanel::mimeDataFor(item->text()));
    const QPixmap card = nodeCard(item->text(), categoryOf(item), devicePixelRatioF());
    drag->setPixmap(card);
    drag->setHotSpot({int(card.width() / card.devicePixelRatio() / 2), 20});
    drag->exec(Qt::CopyAction);
}

void PaletteList::changeEvent(QEvent *event)
{
    QListWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

} // namespace netloom
