// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QScrollArea;
class QVBoxLayout;

namespace netloom {

class ParamForm;

/// What is known of the selected node, with a form for its parameters; of the whole network where nothing is selected.
class InspectorPanel : public QWidget {
    Q_OBJECT
public:
    explicit InspectorPanel(Document &document, QWidget *parent = nullptr);

    /// Puts the cursor into the name field and selects its text, to rename the selected node.
    void focusName();

signals:
    /// The browse button of a path parameter: the receiver asks for a folder (or a file) and sets the parameter.
    void pathRequested(netloom::NodeId node, const QString &param, bool folder);

private:
    void showSelection();
    void showNode(NodeId id);
    void showSeveral();
    void showNetwork();
    void addHeader(const Node &node, const NodeSpec *spec);
    void addParams(const Node &node, const NodeSpec &spec);
    void refreshFacts();
    void refreshFields(NodeId id);
    void fillNodeFacts();
    void fillNetworkFacts();
    void fillDataFacts();
    void renameNode();
    void editParam(const QString &name, const ParamValue &value, bool continues);
    QWidget *newPage();

    Document &m_document;
    QScrollArea *m_scroll = nullptr;
    QVBoxLayout *m_page = nullptr;
    QWidget *m_facts = nullptr;     ///< shapes, cost, issues: made anew after every inference
    QLineEdit *m_name = nullptr;
    QLabel *m_problem = nullptr;    ///< why the last edit was refused
    ParamForm *m_form = nullptr;
    NodeId m_node;
    int m_gesture = 0;
};

} // namespace netloom
