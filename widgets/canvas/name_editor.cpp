// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/name_editor.h"

#include "canvas/canvas_note.h"
#include "document/document.h"
#include "graph/frame.h"

#include <QKeyEvent>

#include <algorithm>

namespace netloom {

NameEditor::NameEditor(Document &document, CanvasNote &note, QWidget *viewport)
    : QLineEdit(viewport), m_document(document), m_note(note)
{
    setObjectName(QStringLiteral("nameEditor"));
    setAccessibleName(tr("Node name"));
    hide();
    connect(this, &QLineEdit::textEdited, this, [this] { m_note.hide(); });
    connect(&document, &Document::nodeRemoved, this, [this](NodeId id) {
        if (id == m_node)
            closeEditor();
    });
    connect(&document, &Document::projectReset, this, &NameEditor::closeEditor);
}

void NameEditor::edit(NodeId node, const QRect &title)
{
    const Node *found = m_document.graph().find(node);
    if (!found)
        return;
    m_node = node;
    setText(QString::fromStdString(found->type == kFrameType ? found->params.text(kFrameTitle) : found->name));
    const int height = std::max(sizeHint().height(), 26);
    setGeometry(title.left(), title.center().y() - height / 2, std::max(title.width(), 130), height);
    show();
    raise();
    selectAll();
    setFocus();
}

void NameEditor::closeEditor()
{
    if (!m_node.valid())
        return;
    m_node = {};
    m_note.hide();
    hide();
}

void NameEditor::finish()
{
    if (m_node.valid() && !keep())
        closeEditor();
}

bool NameEditor::keep()
{
    const Node *node = m_document.graph().find(m_node);
    const auto renamed = node->type == kFrameType ? m_document.setParam(m_node, kFrameTitle, text().trimmed().toStdString())
                                                  : m_document.rename(m_node, text());
    if (!renamed) {
        m_note.showAt(QString::fromStdString(renamed.error().text), geometry().bottomLeft() - QPoint(18, 12));
        return false;
    }
    closeEditor();
    return true;
}

void NameEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        closeEditor();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        keep();
    else
        QLineEdit::keyPressEvent(event);
    event->accept(); // or Up and Down would move the node
    if (!m_node.valid())
        emit left();
}

void NameEditor::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        finish();
}

} // namespace netloom
