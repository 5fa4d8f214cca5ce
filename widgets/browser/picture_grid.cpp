// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser/picture_grid.h"

#include "theme/theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <set>

namespace netloom {

namespace {

constexpr int kAfterSection = 10;

} // namespace

PictureGrid::PictureGrid(QWidget *parent) : QAbstractScrollArea(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Pictures"));
    viewport()->setAutoFillBackground(false);
}

void PictureGrid::setEmptyText(const QString &icon, const QString &heading, const QString &sentence)
{
    m_emptyIcon = icon;
    m_emptyHeading = heading;
    m_emptySentence = sentence;
    viewport()->update();
}

void PictureGrid::setSections(std::vector<Section> sections)
{
    m_sections = std::move(sections);
    m_items.clear();
    for (const Section &section : m_sections)
        m_items.insert(m_items.end(), section.items.begin(), section.items.end());
    m_selected.assign(m_items.size(), false);
    m_current = m_anchor = -1;
    layOut();
    verticalScrollBar()->setValue(0);
    viewport()->update();
    emit selectionChanged();
    emit visibleChanged();
}

void PictureGrid::setPictureSide(int side)
{
    if (side == m_side)
        return;
    const auto [first, last] = placesBetween(verticalScrollBar()->value(), verticalScrollBar()->value() + viewport()->height());
    m_side = side;
    layOut();
    if (first < last)
        reveal(m_current >= first && m_current < last ? m_current : first);
    viewport()->update();
    emit visibleChanged();
}

void PictureGrid::setCaptionLines(int lines)
{
    m_captionLines = lines;
    layOut();
}

void PictureGrid::setMostColumns(int columns)
{
    m_mostColumns = columns;
    layOut();
    viewport()->update();
    emit visibleChanged();
}

int PictureGrid::rowHeight() const
{
    return m_side + 2 * kPadding + kCaption + (m_captionLines > 1 ? kNote : 0);
}

void PictureGrid::layOut()
{
    const int room = viewport()->width() - 2 * kMargin;
    m_columns = std::max(1, room / (m_side + 2 * kPadding));
    if (m_mostColumns > 0)
        m_columns = std::min(m_columns, m_mostColumns);
    const QFontMetrics metrics(themeFont(TextRole::Small));
    m_blocks.clear();
    int top = kMargin / 2;
    int first = 0;
    for (const Section &section : m_sections) {
        Block block{first, int(section.items.size()), top, top + (section.title.isEmpty() ? kMargin / 2 : kTitle)};
        if (!section.note.isEmpty())
            block.body += metrics.boundingRect(QRect(0, 0, std::max(room, 100), 1000), Qt::TextWordWrap, section.note).height() + kPadding;
        first += block.count;
        top = block.body + (block.count + m_columns - 1) / m_columns * rowHeight() + kAfterSection;
        m_blocks.push_back(block);
    }
    verticalScrollBar()->setRange(0, std::max(0, top - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(std::max(20, rowHeight() / 3));
}

const PictureGrid::Block *PictureGrid::blockOf(int place) const
{
    const auto after = std::ranges::upper_bound(m_blocks, place, {}, &Block::first);
    for (auto block = after; block != m_blocks.begin();) {
        if ((--block)->count > 0)
            return &*block;
    }
    return nullptr;
}

QRect PictureGrid::cellRect(int place) const
{
    const Block *block = blockOf(place);
    if (!block)
        return {};
    const int inside = place - block->first;
    const double width = double(viewport()->width() - 2 * kMargin) / m_columns;
    const int column = inside % m_columns;
    const int left = kMargin + int(column * width);
    return {left, block->body + inside / m_columns * rowHeight() - verticalScrollBar()->value(), int(width), rowHeight()};
}

int PictureGrid::placeAt(const QPoint &position) const
{
    const int y = position.y() + verticalScrollBar()->value();
    const auto [first, last] = placesBetween(y, y + 1);
    for (int place = first; place < last; ++place) {
        if (cellRect(place).contains(position))
            return place;
    }
    return -1;
}

std::pair<int, int> PictureGrid::placesBetween(int top, int bottom) const
{
    int first = count(), last = 0;
    const auto begin = std::ranges::upper_bound(m_blocks, top, {}, &Block::top);
    for (auto block = begin == m_blocks.begin() ? begin : begin - 1; block != m_blocks.end() && block->top < bottom; ++block) {
        const int rowsBefore = std::max(0, (top - block->body) / rowHeight());
        const int rowsUntil = bottom <= block->body ? 0 : (bottom - block->body + rowHeight() - 1) / rowHeight();
        const int from = block->first + std::min(block->count, rowsBefore * m_columns);
        const int until = block->first + std::min(block->count, rowsUntil * m_columns);
        if (from < until) {
            first = std::min(first, from);
            last = std::max(last, until);
        }
    }
    return {std::min(first, last), last};
}

std::vector<int> PictureGrid::visibleItems(int rowsMore) const
{
    const int top = verticalScrollBar()->value();
    const int bottom = top + viewport()->height();
    const auto [first, last] = placesBetween(top, bottom);
    std::vector<int> items(m_items.begin() + first, m_items.begin() + last);
    if (rowsMore > 0) {
        const auto [before, after] = placesBetween(top - rowsMore * rowHeight(), bottom + rowsMore * rowHeight());
        items.insert(items.end(), m_items.begin() + last, m_items.begin() + std::max(after, last));
        items.insert(items.end(), m_items.begin() + std::min(before, first), m_items.begin() + first);
    }
    return items;
}

std::vector<int> PictureGrid::selectedItems() const
{
    std::vector<int> items;
    std::set<int> seen;
    for (std::size_t place = 0; place < m_items.size(); ++place) {
        if (m_selected[place] && seen.insert(m_items[place]).second)
            items.push_back(m_items[place]);
    }
    return items;
}

void PictureGrid::setCurrent(int place)
{
    m_current = m_anchor = place >= 0 && place < count() ? place : -1;
    m_selected.assign(m_selected.size(), false);
    if (m_current >= 0) {
        m_selected[std::size_t(m_current)] = true;
        reveal(m_current);
    }
    announce();
}

void PictureGrid::selectItems(const std::vector<int> &items)
{
    const std::set<int> wanted(items.begin(), items.end());
    for (std::size_t place = 0; place < m_items.size(); ++place)
        m_selected[place] = wanted.contains(m_items[place]);
    const auto first = std::find(m_selected.begin(), m_selected.end(), true);
    m_current = m_anchor = first == m_selected.end() ? -1 : int(first - m_selected.begin());
    announce();
}

void PictureGrid::select(int place, Qt::KeyboardModifiers modifiers)
{
    const bool range = modifiers & Qt::ShiftModifier && m_anchor >= 0;
    const bool toggles = modifiers & Qt::ControlModifier;
    if (!toggles)
        m_selected.assign(m_selected.size(), false);
    if (range) {
        for (int at = std::min(m_anchor, place); at <= std::max(m_anchor, place); ++at)
            m_selected[std::size_t(at)] = true;
    } else {
        m_selected[std::size_t(place)] = toggles ? !m_selected[std::size_t(place)] : true;
        m_anchor = place;
    }
    m_current = place;
    reveal(place);
    announce();
}

void PictureGrid::announce()
{
    viewport()->update();
    setAccessibleDescription(m_current >= 0 && m_look ? m_look(itemAt(m_current)).toolTip : QString());
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    emit selectionChanged();
}

void PictureGrid::reveal(int place)
{
    const QRect cell = cellRect(place);
    QScrollBar *bar = verticalScrollBar();
    if (cell.top() < kMargin / 2)
        bar->setValue(place == 0 ? 0 : bar->value() + cell.top() - kMargin / 2);
    else if (cell.bottom() > viewport()->height() - kMargin / 2)
        bar->setValue(bar->value() + cell.bottom() - viewport()->height() + kMargin / 2);
}

/// Where an arrow or page key leads from @p place; columns hold across headings.
int PictureGrid::placeFrom(int place, int key) const
{
    if (place < 0)
        return 0;
    const Block &block = *blockOf(place);
    const int column = (place - block.first) % m_columns;
    const int pageRows = std::max(1, viewport()->height() / rowHeight() - 1);
    const auto rows = [&](int by) {
        int to = place;
        for (; by > 0; --by) {
            const Block &now = *blockOf(to);
            const int next = to + m_columns;
            const int lastRow = now.first + (now.count - 1) / m_columns * m_columns;
            if (next < now.first + now.count)
                to = next;
            else if (to < lastRow)
                to = now.first + now.count - 1;
            else if (now.first + now.count < count())
                to = std::min(now.first + now.count + column, now.first + now.count + blockOf(now.first + now.count)->count - 1);
        }
        for (; by < 0; ++by) {
            const Block &now = *blockOf(to);
            if (to - m_columns >= now.first) {
                to -= m_columns;
            } else if (now.first > 0) {
                const Block &above = *blockOf(now.first - 1);
                const int lastRow = above.first + (above.count - 1) / m_columns * m_columns;
                to = std::min(lastRow + column, above.first + above.count - 1);
            }
        }
        return to;
    };
    switch (key) {
    case Qt::Key_Left: return std::max(0, place - 1);
    case Qt::Key_Right: return std::min(count() - 1, place + 1);
    case Qt::Key_Up: return rows(-1);
    case Qt::Key_Down: return rows(1);
    case Qt::Key_PageUp: return rows(-pageRows);
    case Qt::Key_PageDown: return rows(pageRows);
    case Qt::Key_Home: return 0;
    default: return count() - 1;
    }
}

void PictureGrid::keyPressEvent(QKeyEvent *event)
{
    if (count() == 0)
        return QAbstractScrollArea::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Home:
    case Qt::Key_End: select(placeFrom(m_current, event->key()), event->modifiers() & Qt::ShiftModifier); return;
    case Qt::Key_Space:
        if (m_current >= 0)
            select(m_current, Qt::ControlModifier);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            emit activated(itemAt(m_current));
        return;
    default: break;
    }
    if (!event->matches(QKeySequence::SelectAll))
        return QAbstractScrollArea::keyPressEvent(event);
    m_selected.assign(m_selected.size(), true);
    announce();
}

void PictureGrid::mousePressEvent(QMouseEvent *event)
{
    const int place = placeAt(event->position().toPoint());
    const bool right = event->button() == Qt::RightButton;
    if (place < 0) {
        if (!right)
            setCurrent(-1);
    } else if (!right || !m_selected[std::size_t(place)]) {
        select(place, right ? Qt::KeyboardModifiers() : event->modifiers());
    }
}

void PictureGrid::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (const int place = placeAt(event->position().toPoint()); place >= 0 && event->button() == Qt::LeftButton)
        emit activated(itemAt(place));
}

void PictureGrid::contextMenuEvent(QContextMenuEvent *event)
{
    const bool fromKeys = event->reason() == QContextMenuEvent::Keyboard;
    if (m_current >= 0 && std::find(m_selected.begin(), m_selected.end(), true) != m_selected.end())
        emit menuRequested(fromKeys ? viewport()->mapToGlobal(cellRect(m_current).center()) : event->globalPos());
}

bool PictureGrid::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip || !m_look)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int place = placeAt(help->pos());
    if (place >= 0)
        QToolTip::showText(help->globalPos(), m_look(itemAt(place)).toolTip, viewport(), cellRect(place));
    else
        QToolTip::hideText();
    return true;
}

void PictureGrid::resizeEvent(QResizeEvent *)
{
    const auto [first, last] = placesBetween(verticalScrollBar()->value(), verticalScrollBar()->value() + viewport()->height());
    const int columns = m_columns;
    layOut();
    if (columns != m_columns && first < last && verticalScrollBar()->value() > 0)
        reveal(first);
    emit visibleChanged();
}

void PictureGrid::scrollContentsBy(int, int dy)
{
    viewport()->scroll(0, dy);
    emit visibleChanged();
}

void PictureGrid::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void PictureGrid::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void PictureGrid::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        layOut();
        viewport()->update();
    }
}

} // namespace netloom
