// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser/picture_grid.h"

#include "plots/empty_state.h"
#include "theme/theme.h"

#include <QPaintEvent>
#include <QLocale>
#include <QPainter>
#include <QScrollBar>

namespace netloom {

namespace {

constexpr int kDot = 6;

} // namespace

void PictureGrid::paintEvent(QPaintEvent *event)
{
    const Theme &theme = Theme::current();
    QPainter painter(viewport());
    painter.fillRect(event->rect(), theme.canvas);
    if (m_sections.empty()) {
        paintEmptyState(painter, viewport()->rect(), m_emptyIcon, m_emptyHeading, m_emptySentence);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    const int scrolled = verticalScrollBar()->value();
    const int top = event->rect().top() + scrolled;
    const int bottom = event->rect().bottom() + 1 + scrolled;
    for (std::size_t index = 0; index < m_blocks.size(); ++index) {
        const Block &block = m_blocks[index];
        if (block.top < bottom && block.body > top && !m_sections[index].title.isEmpty())
            paintHeading(painter, m_sections[index], block, block.top - scrolled);
    }
    painter.setFont(themeFont(TextRole::Small));
    const auto [first, last] = placesBetween(top, bottom);
    for (int place = first; place < last; ++place)
        paintCell(painter, cellRect(place), place);
}

void PictureGrid::paintHeading(QPainter &painter, const Section &section, const Block &block, int top) const
{
    const Theme &theme = Theme::current();
    QRect line(kMargin + kPadding, top, viewport()->width() - 2 * (kMargin + kPadding), kTitle);
    painter.setFont(themeFont(TextRole::Section));
    painter.setPen(theme.text);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(section.title, Qt::ElideRight, line.width() - 80));
    const int after = painter.fontMetrics().horizontalAdvance(section.title) + 10;
    painter.setFont(themeFont(TextRole::Small));
    painter.setPen(theme.textMuted);
    if (block.count > 0 && section.note.isEmpty())
        painter.drawText(line.adjusted(std::min(after, line.width() - 60), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, locale().toString(block.count));
    if (!section.note.isEmpty())
        painter.drawText(QRect(line.left(), top + kTitle - 4, line.width(), block.body - top - kTitle + 4), Qt::TextWordWrap, section.note);
}

void PictureGrid::paintCell(QPainter &painter, const QRect &cell, int place) const
{
    const Theme &theme = Theme::current();
    const Look look = m_look ? m_look(itemAt(place)) : Look();
    const bool selected = m_selected[std::size_t(place)];
    const QRectF back = QRectF(cell).adjusted(1, 1, -1, -1);
    if (selected) {
        painter.setPen(QPen(theme.accent, 1.5 * theme.edge));
        painter.setBrush(theme.accentSoft);
        painter.drawRoundedRect(back, Theme::kRadius, Theme::kRadius);
    }
    if (place == m_current && hasFocus() && !selected) {
        painter.setPen(QPen(theme.accent, theme.edge, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(back, Theme::kRadius, Theme::kRadius);
    }
    const QRect box(cell.center().x() - m_side / 2 + 1, cell.top() + kPadding, m_side, m_side);
    if (look.picture && !look.picture->isNull()) {
        const QSizeF size = QSizeF(look.picture->size()) / look.picture->devicePixelRatio();
        const QSizeF fitted = size.width() > m_side || size.height() > m_side ? size.scaled(box.size(), Qt::KeepAspectRatio) : size;
        painter.setOpacity(look.dimmed ? 0.35 : 1.0);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, fitted != size);
        const QPoint at(box.center().x() - int(fitted.width()) / 2 + 1, box.center().y() - int(fitted.height()) / 2 + 1);
        painter.drawImage(fitted == size ? QRectF(at, size) : QRectF(at, fitted), *look.picture);
        painter.setOpacity(1.0);
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.hover);
        painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 4, 4);
        if (look.picture)
            themedIcon(QStringLiteral("warning"), theme.warning).paint(&painter, QRect(box.center() - QPoint(12, 12), QSize(24, 24)));
    }
    QRect text(cell.left() + kPadding, box.bottom() + 2, cell.width() - 2 * kPadding, kCaption);
    const QString caption = painter.fontMetrics().elidedText(look.caption, Qt::ElideMiddle, text.width() - (look.dot.isValid() ? kDot + 5 : 0));
    const int width = painter.fontMetrics().horizontalAdvance(caption) + (look.dot.isValid() ? kDot + 5 : 0);
    text.setLeft(text.left() + (text.width() - width) / 2);
    if (look.dot.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.dot);
        painter.drawEllipse(QRectF(text.left(), text.center().y() - kDot / 2 + 1, kDot, kDot));
        text.setLeft(text.left() + kDot + 5);
    }
    painter.setPen(selected ? theme.text : theme.textMuted);
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, caption);
    if (m_captionLines > 1) {
        const QRect note(cell.left() + kPadding, box.bottom() + kCaption - 1, cell.width() - 2 * kPadding, kNote);
        painter.drawText(note, Qt::AlignHCenter | Qt::AlignVCenter, painter.fontMetrics().elidedText(look.note, Qt::ElideRight, note.width()));
    }
}

} // namespace netloom
