// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "graph/node_registry.h"

#include <functional>

class QLineEdit;
class QListWidget;

namespace netloom {

/// A search over node types that pops up where the hand is: typing filters, Up and Down choose, Return or a click picks,
/// Esc or a click elsewhere closes it.
class QuickAdd : public QFrame {
    Q_OBJECT
public:
    using Filter = std::function<bool(const NodeSpec &)>;

    QuickAdd(const NodeRegistry &registry, QWidget *viewport);

    /// Opens near @p point of the viewport and offers the types that @p filter lets through, all without one.
    void open(QPoint point, Filter filter = {});

signals:
    void picked(const QString &type);
    /// Closed without a pick.
    void dismissed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void shrink();
    void pick();
    void dismiss();
    void moveChoice(int by);

    const NodeRegistry &m_registry;
    Filter m_filter;
    QLineEdit *m_search;
    QListWidget *m_list;
    int m_most = 0; ///< height, px
};

} // namespace netloom
