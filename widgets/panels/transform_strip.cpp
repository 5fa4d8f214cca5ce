// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/transform_strip.h"

#include "plots/preview_painting.h"
#include "theme/theme.h"

#include <QPainter>
#include <QToolButton>

namespace netloom {

namespace {

constexpr int kColumns = 3;
constexpr int kGap = 8;
constexpr int kAbove = 16;   ///< px, free above the heading
constexpr int kHeading = 28; ///< px
constexpr int kCaption = 18; ///< px, below a picture
constexpr int kLargest = 112; ///< px, of a picture

} // namespace

TransformStrip::TransformStrip(QWidget *parent) : QWidget(parent), m_again(new QToolButton(this))
{
    setObjectName(QStringLiteral("transformStrip"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_again->setObjectName(QStringLiteral("drawAgain"));
    m_again->setText(tr("Again"));
    m_again->setIcon(themedIcon("again"));
    m_again->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_again->setToolTip(tr("Draws anew, as the next epoch would"));
    m_again->setAutoRaise(true);
    connect(m_again, &QToolButton::clicked, this, &TransformStrip::againRequested);
}

void TransformStrip::setDraws(Preview before, std::vector<Preview> after, bool isRandom)
{
    const bool sameSize = m_after.size() == after.size();
    m_before = std::move(before);
    m_after = std::move(after);
    m_isRandom = isRandom;
    m_again->setVisible(isRandom);
    setAccessibleName(isRandom ? tr("The sample before this transform, and %1 draws of what comes out while training").arg(drawCount())
                               : tr("The sample before and after this transform"));
    if (!sameSize)
        updateGeometry();
    update();
}

void TransformStrip::setRows(int rows)
{
    if (rows == m_rows)
        return;
    m_rows = rows;
    updateGeometry();
    update();
}

int TransformStrip::shownDraws() const
{
    return std::min(drawCount(), m_rows * kColumns - 1);
}

int TransformStrip::tileSide(int width)
{
    return std::min(kLargest, (width - (kColumns - 1) * kGap) / kColumns);
}

int TransformStrip::heightForWidth(int width) const
{
    const int rows = (shownDraws() + kColumns) / kColumns; // the one before counts, too
    return kAbove + kHeading + rows * (tileSide(width) + kCaption) + (rows - 1) * kGap;
}

QSize TransformStrip::sizeHint() const
{
    return {260, heightForWidth(260)};
}

QRect TransformStrip::tileRect(int index) const
{
    const int side = tileSide(width());
    return {index % kColumns * (side + kGap), kAbove + kHeading + index / kColumns * (side + kCaption + kGap), side, side};
}

QString TransformStrip::caption(int index) const
{
    if (index == 0)
        return tr("before");
    return m_isRandom ? tr("draw %1").arg(index) : tr("after");
}

void TransformStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const QSize size = m_again->sizeHint();
    m_again->setGeometry(width() - size.width(), kAbove - 3, size.width(), size.height());
}

void TransformStrip::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(themeFont(TextRole::Section));
    painter.setPen(theme.text);
    painter.drawText(QRect(0, kAbove, width(), kHeading - 8), Qt::AlignLeft | Qt::AlignVCenter, m_isRandom ? tr("While training") : tr("On this sample"));
    const QFont small = themeFont(TextRole::Small);
    for (int index = 0; index <= shownDraws(); ++index) {
        const Preview &preview = index == 0 ? m_before : draw(index - 1);
        const QRect tile = tileRect(index);
        painter.setPen(QPen(theme.border, 1));
        painter.setBrush(theme.canvas);
        painter.drawRoundedRect(QRectF(tile).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        if (preview)
            paintPreview(painter, QRectF(tile).adjusted(3, 3, -3, -3), *preview, small);
        painter.setFont(small);
        painter.setPen(index == 0 ? theme.text : theme.textMuted);
        painter.drawText(QRect(tile.left(), tile.bottom() + 2, tile.width(), kCaption - 2), Qt::AlignHCenter | Qt::AlignVCenter, caption(index));
    }
}

} // namespace netloom
