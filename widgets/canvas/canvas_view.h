// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsView>
#include <QTimer>

#include "canvas/arrange.h"
#include "canvas/canvas_scene.h"
#include "canvas/interactions/interaction.h"
#include "document/clipboard.h"
#include "document/document.h"

#include <memory>
#include <vector>

namespace netloom {

class CanvasNote;
class Commands;
class EmptyHint;
class Glide;
class IssueBubble;
class Minimap;
class NameEditor;
class NodeFinder;
class WireFinder;
class SearchPopup;

/// What part of the canvas the view shows.
struct ViewState {
    QPointF middle; ///< in the scene
    double zoom = 1;
    bool fitted = false; ///< the whole network is in view and stays so when the view's size changes
    friend bool operator==(const ViewState &, const ViewState &) = default;
};

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

    /// Lets the canvas answer the commands that are meant for it, and their keys while it has the focus.
    void bindCommands(Commands &commands);

    double zoom() const { return m_zoom; }
    /// Scene units of @p pixels on the screen.
    double sceneLength(double pixels) const { return pixels / m_zoom; }

    /// A node's card, or a port with its reach, in viewport coordinates; empty where there is none.
    QRect nodeRect(NodeId id) const;
    QRectF visibleScene() const;
    ViewState viewState() const;
    void setViewState(const ViewState &state);
    /// Whether cards are in their new places at once instead of gliding there.
    void setReducedMotion(bool reduced) { m_reducedMotion = reduced; }
    QRect portRect(NodeId id, const QString &port) const;
    /// Where a node's card shows what comes out of it, in viewport coordinates; empty where it doesn't.
    QRect previewRect(NodeId id) const;

public slots:
    void zoomToFit();
    /// Cards show what comes out of their nodes, or not.
    void setPreviewsShown(bool shown);
    void zoomToSelection();
    void zoomIn();
    void zoomOut();
    void resetZoom();
    /// Selects the node and brings it into view.
    void centerOnNode(netloom::NodeId id);
    /// Brings into view where a node was that only the other side of a comparison has.
    void centerOnRemoved(netloom::NodeId id);
    /// Adds a node of @p type as one step: right of the selection, wired to it where that goes, in its outgoing wire where
    /// it has just one; else on a free place in the middle of the view. Gives an invalid id for an unknown type.
    netloom::NodeId insertNode(const QString &type);

    /// Opens the search over node types at the hand where it is over the canvas, else in the middle; the pick is added there.
    void searchNode();
    /// The same with the pick put behind the selection and wired to it; as searchNode() where nothing is selected.
    void searchNodeAfter();
    /// Lists what a wire from the selected node fits, and connects the pick.
    void startWire();
    /// Opens the search over the nodes of the graph.
    void findNode();

    void copy();
    void cut();
    void paste();
    /// The same, fed by what feeds the originals.
    void pasteWithWires();
    void duplicate();
    void selectAll();
    void toggleBypass();
    /// Makes one block of the selection, with its name ready to be typed.
    void makeBlock();
    /// Draws a frame around the selection, or an empty one in the middle of the view, with its title ready to be typed.
    void makeFrame();
    /// Puts what is inside the selected block in its place.
    void openUpBlock();
    /// Enters the selected block.
    void enterBlock();
    void leaveBlock();
    /// Lays the selected nodes, or all where fewer than two are selected, out in layers from left to right, as one step.
    void tidy();
    // Each moves the selected cards as one step.
    void align(netloom::Alignment alignment);
    void distribute(Qt::Orientation orientation);
    void straighten();
    void deleteSelection();
    /// Asks for the preview of the one selected node to be shown large.
    void enlargePreview();
    /// Begins to rename the one selected node in place.
    void renameSelection();

signals:
    void zoomChanged(double zoom);
    void messageRequested(const QString &text); ///< a sentence for the status bar
    void parametersRequested(); ///< of the selected node, to be typed into
    void newFromTemplateRequested();
    void openRequested();
    void previewActivated(netloom::NodeId id); ///< double click on what comes out of a node

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
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
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
    QString previewTip(NodeId id) const;
    void fit(const QRectF &cards, double mostZoom);
    void applyZoom(double zoom);
    void place(const Places &places, const QString &stepName, const std::map<NodeId, QRectF> &frames = {}, bool frameAll = false);
    void nudge(QPoint direction, bool continued);
    void walk(QPoint direction);
    void renameNode(NodeId id);
    void selectContents();
    void pasteAtHand(IncomingWires wires);
    void searchNodeAt(QPoint viewPoint);
    void addSearched(const QString &type);
    void showWhatIsThere();
    void showScope();
    void addDot(const Link &link, QPointF scenePoint);
    bool openIssues(QPoint view);
    void showRepair();

    Document &m_document;
    Commands *m_commands = nullptr;
    CanvasScene *m_scene;
    CanvasNote *m_note;
    NameEditor *m_nameEditor;
    EmptyHint *m_emptyHint;
    IssueBubble *m_issueBubble;
    SearchPopup *m_quickAdd;
    std::unique_ptr<NodeFinder> m_finder;
    std::unique_ptr<WireFinder> m_wireFinder;
    std::unique_ptr<Glide> m_glide;
    Minimap *m_minimap;
    QPointF m_searchedAt;               ///< in the scene: where the picked node goes
    std::optional<PortRef> m_searchedFor; ///< the wire's end that the picked node is connected to
    bool m_searchedForOutput = false;
    bool m_searchedAfter = false; ///< the pick goes behind the selection
    std::map<std::string, std::string> m_searchedPorts; ///< of the types that the search for that end offers
    std::vector<std::unique_ptr<Interaction>> m_interactions;
    Interaction *m_active = nullptr;
    CanvasPointer m_pointer; ///< of the gesture, as it was last
    QTimer m_edgeTimer;
    QRect m_overlay; ///< where the gesture in the hand painted last
    double m_zoom = 1;
    bool m_panKey = false;
    bool m_panned = false; ///< while the key was down
    bool m_fitted = true; ///< as in ViewState, until a hand moves the view or the cards
    bool m_reducedMotion = false;
    int m_nudgeGesture = 0;
};

} // namespace netloom
