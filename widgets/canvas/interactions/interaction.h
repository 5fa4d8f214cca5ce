// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>
#include <QPointF>
#include <Qt>

class QMimeData;
class QPainter;

namespace netloom {

class CanvasScene;
class CanvasView;
class Document;

/// Where the hand is and what it holds.
struct CanvasPointer {
    QPoint view;   ///< px on the viewport
    QPointF scene;
    Qt::MouseButton button = Qt::NoButton;
    Qt::KeyboardModifiers modifiers;
    bool panKey = false;             ///< Space is down
    const QMimeData *mime = nullptr; ///< what is dragged in from outside; then there is no button
};

/// One gesture on the canvas, from press to release. The view asks its gestures in order which of them begins at a press;
/// that one has the hand until release() or cancel(), which leave the document and the scene consistent.
class Interaction {
public:
    explicit Interaction(CanvasView &view) : m_view(view) {}
    virtual ~Interaction() = default;
    Interaction(const Interaction &) = delete;
    Interaction &operator=(const Interaction &) = delete;

    /// True when the gesture begins here.
    virtual bool press(const CanvasPointer &pointer) = 0;
    virtual void move(const CanvasPointer &pointer) = 0;
    virtual void release(const CanvasPointer &pointer) = 0;
    virtual void cancel() = 0;
    /// What only shows while the gesture lasts, above everything, in scene coordinates.
    virtual void paint(QPainter &) {}
    /// Whether the canvas scrolls when the hand comes to its edge.
    virtual bool scrollsAtEdges() const { return false; }

protected:
    CanvasView &view() const { return m_view; }
    CanvasScene &scene() const;
    Document &document() const;

private:
    CanvasView &m_view;
};

} // namespace netloom
