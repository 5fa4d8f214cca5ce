// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

#include <QFrame>

class QVBoxLayout;

namespace netloom {

/// What is wrong with one node, beside its badge, with the repairs as buttons.
class IssueBubble : public QFrame {
    Q_OBJECT
public:
    IssueBubble(Document &document, QWidget *viewport);

    /// Shows the issues of @p node beside @p badge (viewport px); nothing where there are none.
    void showFor(NodeId node, const QRect &badge);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    void refresh();
    void place();

    Document &m_document;
    NodeId m_node;
    QRect m_badge;
    QWidget *m_page = nullptr; ///< the rows
    QVBoxLayout *m_column;
};

} // namespace netloom
