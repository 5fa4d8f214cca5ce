// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/template_card.h"

#include "desktop/template_picture.h"
#include "graph/structure.h"
#include "theme/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace netloom {

namespace {
constexpr int kPictureHeight = 96;
constexpr int kWidth = 300;
constexpr int kMargin = 14;
constexpr double kRadius = 8;

/// Of the block that a network is made of, the one with the most in it; empty for a network without blocks.
GraphPicture blockPicture(const ProjectTemplate &shown, const NodeRegistry &registry)
{
    const Graph graph = makeProject(shown, registry).graph;
    NodeId fullest;
    std::size_t most = 0;
    for (const auto &[id, node] : graph.nodes()) {
        const std::size_t count = node.type == kBlockType ? graph.childrenOf(id).size() : 0;
        if (count > most) {
            most = count;
            fullest = id;
        }
    }
    return fullest.valid() ? GraphPicture(graph, registry, fullest) : GraphPicture();
}

}

TemplateCard::TemplateCard(const ProjectTemplate &shown, const NodeRegistry &registry, QWidget *parent)
    : QAbstractButton(parent), m_shown(shown), m_block(blockPicture(shown, registry))
{
    setObjectName("template_" + QString::fromStdString(shown.id));
    setText(QString::fromStdString(shown.title));
    setAccessibleDescription(QString::fromStdString(shown.lines));
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setMinimumWidth(kWidth); // its lines break no further
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize TemplateCard::sizeHint() const
{
    return {kWidth, kPictureHeight + 84};
}

void TemplateCard::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);

    const QRectF card = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5);
    QPainterPath outline;
    outline.addRoundedRect(card, kRadius, kRadius);
    painter.fillPath(outline, underMouse() ? theme.hover : theme.raised);

    painter.save();
    painter.setClipPath(outline);
    const QRectF picture(card.left(), card.top(), card.width(), kPictureHeight);
    painter.fillRect(picture, theme.canvas);
    const QRectF inside = picture.adjusted(kMargin * 2, kMargin, -kMargin * 2, -kMargin);
    if (m_block.isEmpty())
        paintTemplatePicture(painter, inside, QString::fromStdString(m_shown.id));
    else
        m_block.paint(painter, inside);
    painter.restore();

    const bool marked = isChecked() || hasFocus();
    painter.setPen(QPen(marked ? theme.accent : theme.border, isChecked() ? 2 : 1));
    painter.drawPath(outline);

    QRectF textArea = card.adjusted(kMargin, kPictureHeight + kMargin - 2, -kMargin, -8);
    QFont title = font();
    title.setWeight(QFont::DemiBold);
    painter.setFont(title);
    painter.setPen(theme.text);
    painter.drawText(textArea, Qt::AlignLeft | Qt::AlignTop, text());
    textArea.setTop(textArea.top() + QFontMetricsF(title).height() + 5);
    painter.setFont(font());
    painter.setPen(theme.textMuted);
    painter.drawText(textArea, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, QString::fromStdString(m_shown.lines));
}

void TemplateCard::mouseDoubleClickEvent(QMouseEvent *event)
{
    QAbstractButton::mouseDoubleClickEvent(event);
    emit doubleClicked();
}

void TemplateCard::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void TemplateCard::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace netloom
