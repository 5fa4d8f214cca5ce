// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/camera_view.h"

#include "plots/empty_state.h"
#include "theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QPushButton>

namespace netloom {

CameraView::CameraView(QWidget *parent) : QWidget(parent), m_video(new QPushButton(themedIcon("open"), tr("Choose a video…"), this))
{
    setObjectName("cameraView");
    setAccessibleName(tr("Live picture"));
    setMinimumSize(320, 240);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_video->setObjectName("chooseVideo");
    m_video->setAutoDefault(false);
    m_video->hide();
    connect(m_video, &QPushButton::clicked, this, &CameraView::videoRequested);
}

void CameraView::setMirrored(bool mirrored)
{
    m_mirrored = mirrored;
    update();
}

void CameraView::setSquare(bool square)
{
    m_square = square;
    update();
}

void CameraView::setFrame(const QImage &frame)
{
    m_frame = frame;
    m_video->hide();
    update();
}

void CameraView::setEmpty(const QString &heading, const QString &sentence, bool offersVideo)
{
    m_frame = QImage();
    m_heading = heading;
    m_sentence = sentence;
    m_video->setVisible(offersVideo);
    placeButton();
    update();
}

void CameraView::setRecording(const QString &className)
{
    m_recording = className;
    update();
}

QRect CameraView::textArea() const
{
    return rect().adjusted(0, 0, 0, m_video->isHidden() ? 0 : -m_video->sizeHint().height() - 24);
}

void CameraView::placeButton()
{
    const QSize size = m_video->sizeHint();
    m_video->setGeometry(QRect(QPoint(width() / 2 - size.width() / 2, textArea().center().y() + 64), size));
}

void CameraView::resizeEvent(QResizeEvent *)
{
    placeButton();
}

void CameraView::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath area;
    area.addRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Theme::kRadius, Theme::kRadius);
    painter.fillPath(area, m_frame.isNull() ? theme.canvas : QColor(Qt::black));
    if (m_frame.isNull()) {
        paintEmptyState(painter, textArea(), "camera", m_heading, m_sentence);
    } else {
        painter.save();
        painter.setClipPath(area);
        paintFrame(painter);
        painter.restore();
    }
    painter.setPen(m_recording.isEmpty() ? QPen(theme.border, theme.edge) : QPen(theme.error, 3));
    painter.drawPath(area);
    if (!m_recording.isEmpty())
        paintRecording(painter);
}

void CameraView::paintFrame(QPainter &painter) const
{
    const QSizeF size = QSizeF(m_frame.size()).scaled(this->size(), Qt::KeepAspectRatio);
    const QRectF at(QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size);
    painter.save();
    if (m_mirrored) {
        painter.translate(width(), 0);
        painter.scale(-1, 1);
    }
    painter.drawImage(at, m_frame);
    painter.restore();
    if (!m_square)
        return;
    const double side = std::min(size.width(), size.height());
    QRectF square(0, 0, side, side);
    square.moveCenter(at.center());
    QPainterPath outside;
    outside.addRect(at);
    outside.addRect(square); // odd-even: a hole
    painter.fillPath(outside, QColor(0, 0, 0, 165));
    painter.setPen(QPen(QColor(255, 255, 255, 150), 1));
    painter.drawRect(square.adjusted(0.5, 0.5, -0.5, -0.5));
}

void CameraView::paintRecording(QPainter &painter) const
{
    const Theme &theme = Theme::current();
    painter.setFont(themeFont(TextRole::Section));
    const QString text = painter.fontMetrics().elidedText(m_recording, Qt::ElideRight, width() - 100);
    QRectF label(14, 14, painter.fontMetrics().horizontalAdvance(text) + 42, 30);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.error);
    painter.drawRoundedRect(label, 15, 15);
    const QColor on = readableOn(theme.error);
    painter.setBrush(on);
    painter.drawEllipse(QPointF(label.left() + 17, label.center().y()), 5, 5);
    painter.setPen(on);
    painter.drawText(label.adjusted(29, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
}

} // namespace netloom
