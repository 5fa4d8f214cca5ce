// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

#include <QWidget>

class QStackedWidget;
class QUndoView;

namespace netloom {

/// The undo steps by name, from the oldest down; the present one is chosen, the saved one marked. A click goes there.
class HistoryPanel : public QWidget {
    Q_OBJECT
public:
    explicit HistoryPanel(Document &document, QWidget *parent = nullptr);

    /// Whether there is a file, so that the step which it holds can be marked.
    void setHasFile(bool hasFile);

private:
    void refresh();

    Document &m_document;
    QStackedWidget *m_pages = nullptr;
    QUndoView *m_steps = nullptr;
};

} // namespace netloom
