// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

#include "graph/ids.h"

namespace netloom {

class CanvasNote;
class Document;

/// Renames a node, or gives a frame its title, in place: Return keeps the name, Esc leaves the old one, a name that can't be says why.
class NameEditor : public QLineEdit {
    Q_OBJECT
public:
    NameEditor(Document &document, CanvasNote &note, QWidget *viewport);

    /// Begins at @p title, the node's title on the viewport.
    void edit(NodeId node, const QRect &title);
    /// Keeps a good name and drops one that can't be.
    void finish();
    void closeEditor();

signals:
    void left(); ///< with Return or Esc: the hand goes on with the canvas

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    bool keep();

    Document &m_document;
    CanvasNote &m_note;
    NodeId m_node;
};

} // namespace netloom
