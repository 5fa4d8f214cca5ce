// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/issue_bubble.h"

#include "repairs/issue_row.h"
#include "theme/theme.h"

#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

namespace {

constexpr int kWidth = 330;
constexpr int kGap = 10; ///< between badge and bubble

} // namespace

IssueBubble::IssueBubble(Document &document, QWidget *viewport) : QFrame(viewport), m_document(document), m_column(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("issueBubble"));
    setAccessibleName(tr("Issues of the node"));
    setCursor(Qt::ArrowCursor);
    m_column->setContentsMargins(4, 4, 4, 4);
    hide();
    connect(&document, &Document::inferenceChanged, this, [this] {
        if (isVisible())
            refresh();
    });
    connect(&document, &Document::projectReset, this, &QWidget::hide);
}

void IssueBubble::showFor(NodeId node, const QRect &badge)
{
    m_node = node;
    m_badge = badge;
    refresh();
}

void IssueBubble::refresh()
{
    if (m_page) {
        m_page->hide();
        m_page->deleteLater();
        m_column->removeWidget(m_page);
    }
    m_page = new QWidget(this);
    auto *rows = new QVBoxLayout(m_page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    for (const Issue &issue : m_document.inference().issues) {
        if (issue.node == m_node && issue.severity != Severity::Hint)
            rows->addWidget(new IssueRow(m_document, issue, m_page));
    }
    m_column->addWidget(m_page);
    if (rows->count() == 0) {
        hide();
        return;
    }
    m_page->show();
    place();
    show();
    raise();
}

void IssueBubble::place()
{
    const QSize room = parentWidget()->size();
    const int width = std::min(kWidth, room.width() - 8);
    const int height = std::min(m_column->totalHeightForWidth(width), room.height() - 8);
    int x = m_badge.right() + kGap;
    if (x + width > room.width() - 4)
        x = m_badge.left() - kGap - width;
    const int y = std::clamp(m_badge.top(), 4, std::max(4, room.height() - height - 4));
    setGeometry(std::max(4, x), y, width, height);
}

bool IssueBubble::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::MouseMove:
    case QEvent::Wheel: return true; // not for the canvas under it
    default: break;
    }
    const bool handled = QFrame::event(event);
    if (event->type() == QEvent::LayoutRequest && isVisible()) // buttons came
        place();
    return handled;
}

void IssueBubble::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.borderStrong, 1));
    painter.setBrush(theme.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Theme::kRadius, Theme::kRadius);
}

} // namespace netloom
