// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsView>
#include <QTimer>

#include "canvas/canvas_scene.h"
#include "canvas/interactions/interaction.h"
#include "document/document.h"

#include <memory>
#include <vector>

namespace netloom {

class CanvasNote;
class EmptyHint;
class IssueBubble;
class Minimap;
class NameEditor;
class SearchPopup;

/// Where people assemble the network. Hands mouse and keys to one gesture at a time (interactions/), and shows the document
/// through a CanvasScene.
class CanvasView : public QGraphicsView {
    Q_OBJECT
public:
    explicit CanvasView(Document &document, QWidget *parent = nullptr);
    ~CanvasView() override;

    static constexpr double kMinZoom = 0.1;
    static constexpr double kMaxZoom = 2.0;
    // How near the hand must come, px on the screen.
    static constexpr double kPortReach = 10;
    static constexpr double kSnapReach = 24;
    static constexpr double kLinkReach = 6;

    Document &document() const { return m_document; }
    CanvasScene &canvasScene() const { return *m_scene; }

    double zoom() const { return m_zoom; }
    /// Scene units of @p pixels on the screen.
    double sceneLength(double pixels) const { return pixels / m_zoom; }

    /// A node's card, or a port with its reach, in viewport coordinates; empty where there is none.
    QRect nodeRect(NodeId id) const;
    QRectF visibleScene() const;
    QRect portRect(NodeId id, const QString &port) const;

public slots:
    void zoomToFit();
    void zoomToSelection();
    void zoomIn();
    void zoomOut();
    void resetZoom();
    /// Selects the node and brings it into view.
    void centerOnNode(netloom::NodeId id);
    /// Adds a node of @p type as one step: right of the selection, wired to it where that goes, in its outgoing wire where
    /// it has just one; else on a free place in the middle of the view. Gives an invalid id for an unknown type.
    netloom::NodeId insertNode(const QString &type);

    /// Opens the search over node types at the hand where it is over the canvas, else in the middle; the pick is added there.
    void searchNode();

    void copy();
    void cut();
    void paste();
    void duplicate();
    void selectAll();
    /// Lays the selected nodes, or all where fewer than two are selected, out in layers from left to right, as one step.
    void tidy();
    void deleteSelection();
    /// Begins to rename the one selected node in place.
    void renameSelection();

signals:
    void zoomChanged(double zoom);
    void messageRequested(const QString &text); ///< a sentence for the status bar
    void newFromTemplateRequested();
    void openRequested();

public:
    // For the gestures.
    void setZoom(double zoom, QPoint anchor);
    /// Opens the search at @p viewPoint, over the types that a wire from @p fixed can go on with; the pick is connected.
    void searchNodeForWire(QPoint viewPoint, const PortRef &fixed, bool fixedIsOutput);
    void scrollBy(QPoint pixels);
    void lookAt(QPointF scenePoint);
    bool isDrag(QPoint from, QPoint to) const;
    /// Repaints what a gesture showed last and what it shows now, around @p sceneRect.
    void updateOverlay(const QRectF &sceneRect);
    void showNote(const QString &text, QPoint viewPoint);
    void hideNote();
    void showIdleCursor();

protected:
    bool event(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void drawBackground(QPainter *painter, const QRectF &rect) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;

private:
    CanvasPointer pointerAt(QPoint view, Qt::MouseButton button, Qt::KeyboardModifiers modifiers) const;
    CanvasPointer pointerOf(const QDropEvent &event) const;
    bool beginGesture(const CanvasPointer &pointer);
    void cancelGesture();
    void scrollAtEdge();
    void updateHover(QPoint view);
    QString tipAt(QPoint view) const;
    void fit(const QRectF &cards, double mostZoom);
    void applyZoom(double zoom);
    void nudge(QPoint direction, bool continued);
    void renameNode(NodeId id);
    void searchNodeAt(QPoint viewPoint);
    void addSearched(const QString &type);
    void showWhatIsThere();
    bool openIssues(QPoint view);
    void showRepair();

    Document &m_document;
    CanvasScene *m_scene;
    CanvasNote *m_note;
    NameEditor *m_nameEditor;
    EmptyHint *m_emptyHint;
    IssueBubble *m_issueBubble;
    SearchPopup *m_quickAdd;
    Minimap *m_minimap;
    QPointF m_searchedAt;               ///< in the scene: where the picked node goes
    std::optional<PortRef> m_searchedFor; ///< the wire's end that the picked node is connected to
    bool m_searchedForOutput = false;
    std::map<const NodeSpec *, std::string> m_searchedPorts; ///< of the types that the search for that end offers
    std::vector<std::unique_ptr<Interaction>> m_interactions;
    Interaction *m_active = nullptr;
    CanvasPointer m_pointer; ///< of the gesture, as it was last
    QTimer m_edgeTimer;
    QRect m_overlay; ///< where the gesture in the hand painted last
    double m_zoom = 1;
    bool m_panKey = false;
    bool m_panned = false; ///< while the key was down
    bool m_fitted = true; ///< the whole network is in view and stays so when the view's size changes, until a hand moves the view or the cards
    int m_nudgeGesture = 0;
};

} // namespace netloom
