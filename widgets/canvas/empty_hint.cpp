// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/empty_hint.h"

#include "theme/theme.h"

#include <QAbstractButton>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace netloom {

namespace {

constexpr int kWidth = 360;
constexpr int kCardHeight = 64;

/// A card with an icon, what to do, and a line on it. One that can't be clicked is drawn with a dashed edge.
class HintCard : public QAbstractButton {
public:
    HintCard(const QString &icon, const QString &title, const QString &line, bool clickable, QWidget *parent)
        : QAbstractButton(parent), m_icon(icon), m_line(line), m_clickable(clickable)
    {
        setText(title);
        setAccessibleDescription(line);
        setFixedSize(kWidth, kCardHeight);
        if (clickable) {
            setCursor(Qt::PointingHandCursor);
            setAttribute(Qt::WA_Hover);
        } else {
            setFocusPolicy(Qt::NoFocus);
            setAttribute(Qt::WA_TransparentForMouseEvents);
        }
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::current();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool lit = m_clickable && (underMouse() || hasFocus());
        QPen edge(lit ? theme.accent : theme.border, lit ? 1.5 : 1);
        if (!m_clickable)
            edge.setStyle(Qt::DashLine);
        painter.setPen(edge);
        painter.setBrush(m_clickable ? (isDown() ? theme.hover : theme.raised) : QColor(Qt::transparent));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 10, 10);

        const QRectF tile(14, (height() - 36) / 2.0, 36, 36);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.accentSoft);
        painter.drawRoundedRect(tile, 9, 9);
        themedIcon(m_icon, theme.accent).paint(&painter, tile.adjusted(8, 8, -8, -8).toRect());

        const int left = 64;
        painter.setPen(theme.text);
        painter.setFont(themeFont(TextRole::Section));
        painter.drawText(QRect(left, 13, width() - left - 12, 20), Qt::AlignLeft | Qt::AlignVCenter, text());
        painter.setPen(theme.textMuted);
        painter.setFont(themeFont(TextRole::Small));
        painter.drawText(QRect(left, 32, width() - left - 12, 20), Qt::AlignLeft | Qt::AlignVCenter, m_line);
    }

private:
    QString m_icon;
    QString m_line;
    bool m_clickable;
};

} // namespace

EmptyHint::EmptyHint(QWidget *viewport) : QWidget(viewport)
{
    setObjectName(QStringLiteral("emptyHint"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::kSpacing);
    auto *title = new QLabel(tr("Build your first network"), this);
    setTextRole(title, TextRole::Title);
    title->setAlignment(Qt::AlignHCenter);
    layout->addWidget(title);
    layout->addSpacing(Theme::kSpacing);
    auto *fromTemplate = new HintCard(QStringLiteral("new"), tr("Start from a template"),
        tr("A ready network to train and change"), true, this);
    fromTemplate->setObjectName(QStringLiteral("hintTemplate"));
    auto *open = new HintCard(QStringLiteral("open"), tr("Open a project"), tr("Go on with a network that you saved"), true, this);
    open->setObjectName(QStringLiteral("hintOpen"));
    auto *drag = new HintCard(QStringLiteral("layers"), tr("Drag a node from the palette"),
        tr("Drop it here, then draw wires between ports"), false, this);
    for (QWidget *card : {fromTemplate, open, drag})
        layout->addWidget(card);
    connect(fromTemplate, &QAbstractButton::clicked, this, &EmptyHint::newFromTemplateRequested);
    connect(open, &QAbstractButton::clicked, this, &EmptyHint::openRequested);
}

void EmptyHint::place()
{
    adjustSize();
    const QSize room = parentWidget()->size();
    move((room.width() - width()) / 2, (room.height() - height()) / 2);
}

} // namespace netloom
