// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/palette_delegate.h"

#include "panels/palette_list.h"
#include "theme/theme.h"

#include <QPainter>

namespace netloom {

namespace {

constexpr int kRowHeight = 32;
constexpr int kBlockHeight = 42;
constexpr int kAboveHeading = 6;
constexpr QMargins kHintMargins(28, 2, 14, 10);

PaletteList::Row rowOf(const QModelIndex &index)
{
    return PaletteList::Row(index.data(PaletteList::RowRole).toInt());
}

void paintText(QPainter *painter, const QRect &rect, const QModelIndex &index)
{
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
        painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, rect.width()));
}

void paintHeading(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const Theme &theme = Theme::current();
    const QRect rect = option.rect.adjusted(0, index.row() > 0 ? kAboveHeading : 0, 0, 0);
    const bool hovered = option.state & QStyle::State_MouseOver;
    const QColor colour = hovered ? theme.text : theme.textMuted;
    const bool folded = index.data(PaletteList::FoldedRole).toBool();
    themedIcon(folded ? "chevron-right" : "chevron-down", colour).paint(painter, QRect(rect.left() + 8, rect.center().y() - 6, 14, 14));
    QFont font = themeFont(TextRole::Small);
    font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(colour);
    paintText(painter, rect.adjusted(28, 0, -12, 0), index);
}

void paintBack(QPainter *painter, const QStyleOptionViewItem &option)
{
    const Theme &theme = Theme::current();
    const bool selected = option.state & QStyle::State_Selected;
    if (!selected && !(option.state & QStyle::State_MouseOver))
        return;
    painter->setPen(Qt::NoPen);
    painter->setBrush(selected ? theme.accentSoft : theme.hover);
    painter->drawRoundedRect(QRectF(option.rect).adjusted(6, 1, -6, -1), Theme::kRadius, Theme::kRadius);
}

/// A type's or a fault's row: a tile with an icon, and the name.
void paintType(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const Theme &theme = Theme::current();
    const bool isFault = rowOf(index) == PaletteList::Row::Fault;
    const auto category = Category(index.data(PaletteList::CategoryRole).toInt());
    const QColor colour = isFault ? theme.warning : theme.category(category);
    const QRectF tile(option.rect.left() + 14, option.rect.center().y() - 10.5, 22, 22);
    painter->setPen(Qt::NoPen);
    painter->setBrush(mixed(theme.panel, colour, theme.dark ? 0.22 : 0.13));
    painter->drawRoundedRect(tile, 5, 5);
    themedIcon(isFault ? "warning" : categoryIconName(category), colour).paint(painter, tile.adjusted(3, 3, -3, -3).toRect());
    painter->setFont(themeFont(TextRole::Body));
    painter->setPen(isFault ? theme.textMuted : theme.text);
    paintText(painter, option.rect.adjusted(46, 0, -12, 0), index);
}

/// A block's row: a picture of its inside on a piece of canvas, and the name.
void paintBlock(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const Theme &theme = Theme::current();
    const QRectF tile(option.rect.left() + 14, option.rect.top() + 4, 50, option.rect.height() - 8);
    painter->setPen(QPen(theme.border, 1));
    painter->setBrush(theme.canvas);
    painter->drawRoundedRect(tile.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    if (const auto picture = index.data(PaletteList::PictureRole).value<PaletteList::Picture>())
        picture->paint(*painter, tile.adjusted(3, 4, -3, -4));
    painter->setFont(themeFont(TextRole::Body));
    painter->setPen(theme.text);
    paintText(painter, option.rect.adjusted(71, 0, -8, 0), index);
}

QRect hintRect(const QRect &row)
{
    return row.marginsRemoved(kHintMargins);
}

void paintHint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    painter->setFont(themeFont(TextRole::Small));
    painter->setPen(Theme::current().textMuted);
    painter->drawText(hintRect(option.rect), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, index.data(Qt::DisplayRole).toString());
}

} // namespace

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    switch (rowOf(index)) {
    case PaletteList::Row::Heading: return {80, kRowHeight + (index.row() > 0 ? kAboveHeading : 0)};
    case PaletteList::Row::Block: return {80, kBlockHeight};
    case PaletteList::Row::Hint: break;
    default: return {80, kRowHeight};
    }
    const auto *list = qobject_cast<const QListWidget *>(option.widget);
    const QRect room = hintRect({0, 0, list ? list->viewport()->width() : 200, 1000});
    const QRect text = QFontMetrics(themeFont(TextRole::Small)).boundingRect(room, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, index.data(Qt::DisplayRole).toString());
    return {80, text.height() + kHintMargins.top() + kHintMargins.bottom()};
}

void PaletteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const PaletteList::Row row = rowOf(index);
    if (row != PaletteList::Row::Heading && row != PaletteList::Row::Hint)
        paintBack(painter, option);
    switch (row) {
    case PaletteList::Row::Heading: paintHeading(painter, option, index); break;
    case PaletteList::Row::Type:
    case PaletteList::Row::Fault: paintType(painter, option, index); break;
    case PaletteList::Row::Block: paintBlock(painter, option, index); break;
    case PaletteList::Row::Hint: paintHint(painter, option, index); break;
    }
    painter->restore();
}

} // namespace netloom
