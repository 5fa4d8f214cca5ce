// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace netloom {

class CanvasView;

/// The whole graph small, in a corner of the canvas, with a frame around what is in view; a click or a drag in it moves the view. Shows
/// itself only while some node is out of view.
class Minimap : public QWidget {
    Q_OBJECT
public:
    explicit Minimap(CanvasView &view);

    /// After the view, its size or the graph changed.
    void follow();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    QRectF world() const;         ///< what the map shows, scene coordinates
    QTransform toMap() const;     ///< from scene coordinates
    void lookAt(QPoint point);

    CanvasView &m_view;
    QRectF m_held; ///< the world while the hand moves the view, so that the map doesn't slide under it
};

} // namespace netloom
