// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>

#include "document/document.h"

namespace netloom {

class CanvasView;

/// A node or a wire as a screen reader's list item.
class AccessibleItem : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    explicit AccessibleItem(CanvasView &view) : m_view(view) {}

    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessibleInterface *parent() const override;
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override;
    void setText(QAccessible::Text, const QString &) override {}
    void *interface_cast(QAccessible::InterfaceType type) override;
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

protected:
    CanvasView &view() const { return m_view; }
    const Document &document() const;
    QRect onScreen(const QRectF &sceneRect) const;
    QAccessible::State stateOf(bool selected, bool faulty) const;

private:
    CanvasView &m_view;
};

/// "Conv2d conv1, 32×26×26, error: …"; its description names the parameters.
class AccessibleNode : public AccessibleItem {
public:
    AccessibleNode(CanvasView &view, NodeId id) : AccessibleItem(view), m_id(id) {}

    bool isValid() const override;
    QString text(QAccessible::Text kind) const override;
    QRect rect() const override;
    QAccessible::State state() const override;
    QStringList actionNames() const override;
    QString localizedActionName(const QString &name) const override;
    QString localizedActionDescription(const QString &name) const override;
    void doAction(const QString &name) override;

    static QString parametersAction() { return QStringLiteral("OpenParameters"); }
    static QString enterAction() { return QStringLiteral("EnterBlock"); }

private:
    NodeId m_id;
};

/// "from conv1.output to relu1.input, N×32×26×26"
class AccessibleLink : public AccessibleItem {
public:
    AccessibleLink(CanvasView &view, Link link) : AccessibleItem(view), m_link(std::move(link)) {}

    bool isValid() const override;
    QString text(QAccessible::Text kind) const override;
    QRect rect() const override;
    QAccessible::State state() const override;
    QStringList actionNames() const override { return {pressAction()}; }
    QString localizedActionName(const QString &name) const override;
    void doAction(const QString &name) override;

private:
    Link m_link;
};

/// The sentences that are wrong about a node: "error: Linear 'fc' needs ..."; "" where nothing is.
QString accessibleIssues(const Document &document, NodeId id);

} // namespace netloom
