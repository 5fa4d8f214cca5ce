// SPDX-License-Identifier: GPL-3.0-or-later
#include "repairs/fix_button.h"

#include "theme/theme.h"

#include <QKeyEvent>
#include <QPainter>

namespace netloom {

namespace {

constexpr int kIcon = 16;
constexpr int kSide = 8;
constexpr int kAbove = 5;
constexpr int kTextLeft = kSide + kIcon + 6;

} // namespace

FixButton::FixButton(const QString &text, QWidget *parent) : QAbstractButton(parent)
{
    setObjectName(QStringLiteral("fix"));
    setText(text);
    setAccessibleName(text);
    setAccessibleDescription(tr("Mends the issue; shows on the canvas what it would do while you point at it"));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int FixButton::heightForWidth(int width) const
{
    const QRect room(0, 0, std::max(40, width - kTextLeft - kSide), 10'000);
    return std::max(kIcon, fontMetrics().boundingRect(room, Qt::TextWordWrap, text()).height()) + 2 * kAbove;
}

QSize FixButton::sizeHint() const
{
    const int width = kTextLeft + fontMetrics().horizontalAdvance(text()) + kSide + 1;
    return {width, heightForWidth(width)};
}

QSize FixButton::minimumSizeHint() const
{
    return {120, fontMetrics().height() + 2 * kAbove};
}

QRect FixButton::textRect() const
{
    return rect().adjusted(kTextLeft, kAbove, -kSide, -kAbove);
}

void FixButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_pointedAt ? theme.accent : theme.borderStrong, 1));
    painter.setBrush(isDown() ? mixed(theme.accentSoft, theme.accent, 0.2) : m_pointedAt ? theme.accentSoft : theme.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Theme::kRadius, Theme::kRadius);
    const int line = std::max(kIcon, fontMetrics().height());
    themedIcon("mend", theme.accent).paint(&painter, QRect(kSide, kAbove + (line - kIcon) / 2, kIcon, kIcon));
    painter.setPen(theme.text);
    painter.drawText(textRect(), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, text());
}

void FixButton::point(bool on)
{
    if (on == m_pointedAt)
        return;
    m_pointedAt = on;
    update();
    emit pointedAt(on);
}

void FixButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    point(true);
}

void FixButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    point(false);
}

void FixButton::focusInEvent(QFocusEvent *event)
{
    QAbstractButton::focusInEvent(event);
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason || event->reason() == Qt::ShortcutFocusReason)
        point(true);
}

void FixButton::focusOutEvent(QFocusEvent *event)
{
    QAbstractButton::focusOutEvent(event);
    if (!underMouse())
        point(false);
}

void FixButton::hideEvent(QHideEvent *event)
{
    QAbstractButton::hideEvent(event);
    point(false);
}

void FixButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

} // namespace netloom
