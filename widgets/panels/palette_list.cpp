// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/palette_list.h"

#include "panels/palette_delegate.h"
#include "panels/palette_panel.h"
#include "theme/theme.h"

#include <QDrag>
#include <QEvent>
#include <QHelpEvent>
#include <QMimeData>
#include <QPainter>
#include <QToolTip>

namespace netloom {

namespace {

constexpr int kTipWidth = 340; ///< px, of a picture in a tool tip
constexpr int kTipMargin = 20; ///< of both sides

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

/// What an item says of itself: its name, a sentence, and a block's picture in large.
QString tipOf(const QListWidgetItem *item, double ratio)
{
    QString tip = "<qt><b>" + PaletteList::nameOf(item).toHtmlEscaped() + "</b>";
    if (const QString doc = item->data(PaletteList::DocRole).toString(); !doc.isEmpty())
        tip += "<br>" + doc.toHtmlEscaped().replace('\n', QStringLiteral("<br>"));
    if (const auto picture = item->data(PaletteList::PictureRole).value<PaletteList::Picture>(); picture && !picture->isEmpty()) {
        const QSize size(kTipWidth, int(picture->heightFor(kTipWidth - kTipMargin)) + kTipMargin + 12);
        tip += "<p style=\"margin: 6px 0 2px 0\">" + pictureHtml(*picture, size, ratio) + "</p>";
    }
    return tip + "</qt>";
}

} // namespace

PaletteList::PaletteList(QWidget *parent) : QListWidget(parent)
{
    setItemDelegate(new PaletteDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setResizeMode(QListView::Adjust); // hints break into more lines where it is narrow
    setDragEnabled(true);
    setDragDropMode(QAbstractItemView::DragOnly);
    setMouseTracking(true);
    setAutoFillBackground(true);
    viewport()->setBackgroundRole(QPalette::Window);
}

QListWidgetItem *PaletteList::addRow(Row row, const QString &text)
{
    auto *item = new QListWidgetItem(text, this);
    item->setData(RowRole, int(row));
    item->setData(NameRole, text);
    item->setFlags(Qt::ItemIsEnabled);
    return item;
}

void PaletteList::addHeading(const QString &title, int section, bool folded, const QString &toolTip)
{
    QListWidgetItem *item = addRow(Row::Heading, title);
    item->setData(SectionRole, section);
    item->setData(FoldedRole, folded);
    item->setToolTip(toolTip);
}

void PaletteList::addNodeType(const NodeSpec &spec)
{
    QListWidgetItem *item = addRow(Row::Type, QString::fromStdString(spec.type));
    item->setData(CategoryRole, int(spec.category));
    item->setData(DocRole, QString::fromStdString(spec.doc));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled);
}

void PaletteList::addBlock(const NodeSpec &spec, Picture picture, const QString &note)
{
    QListWidgetItem *item = addRow(Row::Block, QString::fromStdString(spec.type));
    const QString doc = QString::fromStdString(spec.doc);
    item->setData(CategoryRole, int(spec.category));
    item->setData(DocRole, doc.isEmpty() || note.isEmpty() ? doc + note : doc + '\n' + note);
    item->setData(PictureRole, QVariant::fromValue(std::move(picture)));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled);
}

void PaletteList::addFault(const QString &name, const QString &reason)
{
    QListWidgetItem *item = addRow(Row::Fault, name);
    item->setData(DocRole, reason);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
}

void PaletteList::addHint(const QString &text)
{
    addRow(Row::Hint, text);
}

void PaletteList::startDrag(Qt::DropActions)
{
    QListWidgetItem *item = currentItem();
    if (!isAddable(item))
        return;
    auto *drag = new QDrag(this);
    drag->setMimeData(PalettePanel::mimeDataFor(item->text()));
    const QPixmap card = nodeCard(item->text(), Category(item->data(CategoryRole).toInt()), devicePixelRatioF());
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

bool PaletteList::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QListWidgetItem *item = itemAt(help->pos());
        if (item && !isHeading(item) && rowOf(item) != Row::Hint) { // made when it is wanted: a picture takes room, and the theme changes
            QToolTip::showText(help->globalPos(), tipOf(item, devicePixelRatioF()), viewport(), visualItemRect(item));
            return true;
        }
    }
    return QListWidget::viewportEvent(event);
}

} // namespace netloom
