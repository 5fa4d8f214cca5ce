// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleWidget>

#include "document/document.h"

#include <map>
#include <variant>

namespace netloom {

class CanvasView;

/// The canvas as screen readers get it: a list of the nodes of the block that is being edited, in data-flow order, then the wires among them, then the
/// widgets that float on it. Made when somebody asks for it; until then it costs nothing.
class CanvasAccessible : public QAccessibleWidget {
public:
    explicit CanvasAccessible(CanvasView &view);
    ~CanvasAccessible() override;

    /// Lets Qt make one for every CanvasView.
    static void install();

    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;
    QAccessible::State state() const override;

private:
    using Item = std::variant<NodeId, Link>;

    CanvasView &view() const;
    const Document &document() const;
    void follow();
    void forget();
    void remove(const Item &item);
    void tellCreated(const Item &item);
    void tellSelection();
    void tellIssues();
    std::map<NodeId, QString> issuesHere() const;
    const std::vector<Item> &items() const;
    QAccessibleInterface *interfaceOf(const Item &item) const;

    QObject m_context;                              ///< of the connections
    mutable std::vector<Item> m_items;              ///< in the order of the list
    mutable bool m_stale = true;                    ///< that order is
    mutable std::map<Item, QAccessible::Id> m_made; ///< that somebody asked for
    std::map<NodeId, QString> m_issues;             ///< as they were told last
};

} // namespace netloom
