// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace netloom {

class FactRows;
class ParamForm;
class TransformStrip;
struct NodePreview;

/// A button that the inspector shows for nodes of one type, such as "Choose columns…". What it does is the window's affair.
struct NodeAction {
    std::string type; ///< of the nodes
    QString name;     ///< for actionRequested(), and the button's object name
    QString text;
    QString toolTip;
    QString icon; ///< see themedIcon(); empty for none
};

/// What is known of the selected node, with a form for its parameters; of the whole network where nothing is selected.
class InspectorPanel : public QWidget {
    Q_OBJECT
public:
    explicit InspectorPanel(Document &document, QWidget *parent = nullptr);
    ~InspectorPanel() override;

    /// Adds a button above the parameters of every node of the action's type.
    void addAction(NodeAction action);

    /// What the selected transform @p node makes of the sample that flows through the network: see TransformStrip.
    void setDraws(NodeId node, const std::shared_ptr<const NodePreview> &before, const std::vector<std::shared_ptr<const NodePreview>> &after,
        bool isRandom);

    /// Puts the cursor into the name field and selects its text, to rename the selected node.
    void focusName();
    /// Puts the cursor into the first field of the parameters.
    void focusParams();

signals:
    /// The browse button of a path parameter: the receiver asks for a folder (or a file) and sets the parameter.
    void pathRequested(netloom::NodeId node, const QString &param, bool folder);
    /// The data are to be shown as pictures.
    void browseRequested();
    /// A button of addAction() was pressed.
    void actionRequested(netloom::NodeId node, const QString &name);
    /// A parameter of @p node is to be searched over.
    void searchRequested(netloom::NodeId node, const QString &param);
    /// Other draws of the selected transform are wanted.
    void againRequested();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showSelection();
    void showNode(const Node &node);
    QWidget *makeHeader(const Node &node, const NodeSpec *spec);
    QWidget *makeActions(const Node &node);
    QWidget *makeForm(const Node &node, const std::vector<ExposedParam> &params);
    QWidget *makeLearningForm(const Node &node);
    QToolButton *makeExposeButton(const Node &node, const std::vector<ExposedParam> &params);
    void followSelection();
    void fitStrip();
    void refreshFacts();
    void refreshIssues();
    void refreshLearning();
    void refreshFields(NodeId id);
    void addNodeFacts(FactRows &rows, const Node &node);
    void addNetworkFacts(FactRows &rows);
    void addSelectionFacts(FactRows &rows);
    void addDataFacts(FactRows &rows, QVBoxLayout *column);
    void renameNode();
    void editParam(const QString &name, const ParamValue &value, bool continues);
    void showProblem(const QString &text);

    Document &m_document;
    QScrollArea *m_scroll = nullptr;
    QVBoxLayout *m_column = nullptr; ///< of the page in the scroll area
    QWidget *m_facts = nullptr;      ///< shapes and cost: made anew after every inference
    QWidget *m_issues = nullptr;     ///< what is wrong with the node, likewise
    QLineEdit *m_name = nullptr;
    QLabel *m_problem = nullptr;     ///< why the last edit was refused
    ParamForm *m_form = nullptr;
    ParamForm *m_learning = nullptr; ///< of a layer or a block
    QWidget *m_learningBox = nullptr; ///< with its heading
    TransformStrip *m_strip = nullptr; ///< of a transform
    std::vector<NodeAction> m_actions;
    std::set<NodeId> m_shown;        ///< the selection that the page shows
    NodeId m_node;                   ///< the one node shown; invalid for several or none
    int m_gesture = 0;
};

} // namespace netloom
