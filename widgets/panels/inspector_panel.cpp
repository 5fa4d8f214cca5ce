// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/inspector_panel.h"

#include "graph/learning.h"
#include "panels/fact_rows.h"
#include "panels/param_form.h"
#include "panels/transform_strip.h"
#include "theme/theme.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

namespace {

/// The category's icon on a tile of its colour.
class CategoryTile : public QWidget {
public:
    explicit CategoryTile(const NodeSpec *spec) : m_known(spec != nullptr), m_category(spec ? spec->category : Category::Layer)
    {
        setFixedSize(36, 36);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::current();
        const QColor colour = m_known ? theme.category(m_category) : theme.textMuted;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(mixed(theme.panel, colour, theme.dark ? 0.22 : 0.13));
        painter.drawRoundedRect(rect(), 8, 8);
        themedIcon(m_known ? categoryIconName(m_category) : QString("help"), colour).paint(&painter, rect().adjusted(8, 8, -8, -8));
    }

private:
    bool m_known;
    Category m_category;
};

Params valuesOf(const std::vector<ExposedParam> &params)
{
    Params values;
    for (const ExposedParam &param : params)
        values.set(param.name, param.value);
    return values;
}

} // namespace

InspectorPanel::InspectorPanel(Document &document, QWidget *parent) : QWidget(parent), m_document(document)
{
    setObjectName("inspector");
    setMinimumWidth(240);
    m_scroll = new QScrollArea(this);
    m_scroll->setAccessibleName(tr("Inspector"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_scroll);
    connect(&m_document, &Document::selectionChanged, this, &InspectorPanel::followSelection);
    connect(&m_document, &Document::nodeRemoved, this, &InspectorPanel::followSelection);
    connect(&m_document, &Document::projectReset, this, &InspectorPanel::showSelection);
    connect(&m_document, &Document::nodeChanged, this, &InspectorPanel::refreshFields);
    connect(&m_document, &Document::inferenceChanged, this, &InspectorPanel::refreshFacts);
    connect(&m_document, &Document::factsChanged, this, &InspectorPanel::refreshFacts);
    showSelection();
}

InspectorPanel::~InspectorPanel()
{
    // A field that loses the focus as it goes would still report here.
    for (ParamForm *form : {m_form, m_learning}) {
        if (form)
            form->disconnect(this);
    }
    if (m_name)
        m_name->disconnect(this);
}

void InspectorPanel::addAction(NodeAction action)
{
    m_actions.push_back(std::move(action));
    showSelection();
}

void InspectorPanel::focusName()
{
    if (!m_name)
        return;
    m_name->setFocus(Qt::ShortcutFocusReason);
    m_name->selectAll();
}

void InspectorPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_facts)
        refreshFacts(); // its icons are painted in the theme's colours
}

void InspectorPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitStrip();
}

/// The parameters stay in view beside what they do.
void InspectorPanel::fitStrip()
{
    constexpr int kRoomForTwoRows = 620; // px
    if (m_strip)
        m_strip->setRows(height() < kRoomForTwoRows ? 1 : 2);
}

void InspectorPanel::followSelection()
{
    if (m_document.selectedNodes() != m_shown || (m_node.valid() && !m_document.graph().find(m_node)))
        showSelection();
}

void InspectorPanel::showSelection()
{
    m_shown = m_document.selectedNodes();
    m_node = {};
    m_name = nullptr;
    m_form = nullptr;
    m_learning = nullptr;
    m_learningBox = nullptr;
    m_strip = nullptr;
    m_problem = nullptr;
    m_facts = nullptr;
    m_issues = nullptr;
    auto *page = new QWidget;
    m_column = new QVBoxLayout(page);
    m_column->setContentsMargins(14, 14, 12, 14);
    m_column->setSpacing(0);
    const Node *node = m_shown.size() == 1 ? m_document.graph().find(*m_shown.begin()) : nullptr;
    if (node)
        showNode(*node);
    refreshFacts();
    m_column->addStretch(1);
    if (QWidget *old = m_scroll->takeWidget()) {
        old->hide();
        old->deleteLater();
    }
    m_scroll->setWidget(page);
}

void InspectorPanel::showNode(const Node &node)
{
    m_node = node.id;
    const NodeSpec *spec = m_document.registry().find(node.type);
    m_column->addWidget(makeHeader(node, spec));
    m_problem = new QLabel;
    m_problem->setObjectName("inspectorProblem");
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(0, 8, 0, 0);
    setTextRole(m_problem, TextRole::Error);
    m_problem->hide();
    m_column->addWidget(m_problem);
    m_issues = new QWidget;
    m_column->addWidget(m_issues);
    auto *doc = new QLabel(spec ? QString::fromStdString(spec->doc)
                                : tr("This version doesn't know the type “%1”. The node is kept as it is and saved unchanged.").arg(QString::fromStdString(node.type)));
    doc->setWordWrap(true);
    doc->setContentsMargins(0, 10, 0, 0);
    setTextRole(doc, TextRole::Muted);
    m_column->addWidget(doc);
    if (std::ranges::any_of(m_actions, [&](const NodeAction &action) { return action.type == node.type; }))
        m_column->addWidget(makeActions(node));
    if (spec && spec->isTransform()) {
        m_strip = new TransformStrip;
        m_strip->hide(); // until something flows
        fitStrip();
        m_column->addWidget(m_strip);
        connect(m_strip, &TransformStrip::againRequested, this, &InspectorPanel::againRequested);
    }
    if (const auto params = m_document.shownParams(node.id); !params.empty())
        m_column->addWidget(makeForm(node, params));
    if (spec && (spec->isLayer() || node.type == kBlockType))
        m_column->addWidget(makeLearningForm(node));
}

QWidget *InspectorPanel::makeHeader(const Node &node, const NodeSpec *spec)
{
    auto *header = new QWidget;
    m_name = new QLineEdit(QString::fromStdString(node.name), header);
    m_name->setObjectName("nodeName");
    m_name->setAccessibleName(tr("Node name"));
    m_name->setFont(themeFont(TextRole::Section));
    m_name->setToolTip(tr("The node's name: letters, digits, “_” and “-”"));
    const QString type = QString::fromStdString(node.type);
    auto *kind = new QLabel(spec ? type + QString::fromUtf8(" · ") + QString::fromStdString(toString(spec->category)) : tr("%1 · unknown type").arg(type), header);
    kind->setContentsMargins(9, 0, 0, 0);
    setTextRole(kind, TextRole::Small);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(3);
    lines->addWidget(m_name);
    lines->addWidget(kind);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    row->addWidget(new CategoryTile(spec), 0, Qt::AlignTop);
    row->addLayout(lines, 1);
    connect(m_name, &QLineEdit::editingFinished, this, &InspectorPanel::renameNode);
    return header;
}

QToolButton *InspectorPanel::makeExposeButton(const Node &node, const std::vector<ExposedParam> &params)
{
    auto *button = new QToolButton;
    button->setObjectName("exposeParams");
    button->setText(tr("At the block"));
    button->setToolTip(tr("Parameters that the block around this node shows as its own"));
    button->setAutoRaise(true);
    button->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(button);
    for (const ExposedParam &param : params) {
        QAction *action = menu->addAction(QString::fromStdString(param.name));
        action->setCheckable(true);
        action->setChecked(node.exposed.contains(param.name));
        connect(action, &QAction::triggered, this, [this, id = node.id, name = param.name](bool on) { m_document.expose(id, name, on ? name : std::string()); });
    }
    button->setMenu(menu);
    return button;
}

QWidget *InspectorPanel::makeActions(const Node &node)
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 12, 0, 0);
    column->setSpacing(6);
    for (const NodeAction &action : m_actions) {
        if (action.type != node.type)
            continue;
        auto *button = new QPushButton(action.text, box);
        button->setObjectName(action.name);
        button->setToolTip(action.toolTip);
        if (!action.icon.isEmpty())
            button->setIcon(themedIcon(action.icon));
        connect(button, &QPushButton::clicked, this, [this, id = node.id, name = action.name] { emit actionRequested(id, name); });
        column->addWidget(button);
    }
    return box;
}

QWidget *InspectorPanel::makeForm(const Node &node, const std::vector<ExposedParam> &params)
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 16, 0, 0);
    column->setSpacing(8);
    auto *heading = new QLabel(tr("Parameters"), box);
    setTextRole(heading, TextRole::Section);
    auto *top = new QHBoxLayout;
    top->addWidget(heading, 1);
    if (node.parent.valid())
        top->addWidget(makeExposeButton(node, params));
    column->addLayout(top);
    std::vector<ParamDecl> decls;
    for (const ExposedParam &param : params)
        decls.push_back(param.decl);
    m_form = new ParamForm(decls, ParamForm::Help::Shown, box);
    m_form->setValues(valuesOf(params));
    column->addWidget(m_form);
    connect(m_form, &ParamForm::valueEdited, this, &InspectorPanel::editParam);
    connect(m_form, &ParamForm::refused, this, &InspectorPanel::showProblem);
    m_form->offerSearch();
    connect(m_form, &ParamForm::searchRequested, this, [this](const QString &name) { emit searchRequested(m_node, name); });
    connect(m_form, &ParamForm::browseRequested, this, [this](const QString &name, bool folder) { emit pathRequested(m_node, name, folder); });
    return box;
}

QWidget *InspectorPanel::makeLearningForm(const Node &node)
{
    auto *box = m_learningBox = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 16, 0, 0);
    column->setSpacing(8);
    auto *heading = new QLabel(node.type == kBlockType ? tr("How the layers within learn") : tr("How it learns"), box);
    setTextRole(heading, TextRole::Section);
    column->addWidget(heading);
    m_learning = new ParamForm(learningDecls(), ParamForm::Help::Shown, box);
    m_learning->setObjectName("learningForm");
    m_learning->setValues(learningOf(node));
    column->addWidget(m_learning);
    connect(m_learning, &ParamForm::valueEdited, this, [this](const QString &name, const ParamValue &value, bool continues) {
        if (!continues)
            ++m_gesture;
        const auto set = m_document.setLearning(m_node, name.toStdString(), value, m_gesture);
        showProblem(set ? QString() : QString::fromStdString(set.error().text));
    });
    connect(m_learning, &ParamForm::refused, this, &InspectorPanel::showProblem);
    return box;
}

/// Only what has weights learns.
void InspectorPanel::refreshLearning()
{
    const Node *node = m_document.graph().find(m_node);
    if (!m_learningBox || !node)
        return;
    const auto shapes = m_document.inference().nodes.find(m_node);
    const bool hasWeights = shapes != m_document.inference().nodes.end() && shapes->second.parameters > 0;
    m_learningBox->setVisible(hasWeights || node->frozen || node->lrScale != 1);
}

void InspectorPanel::setDraws(NodeId node, const std::shared_ptr<const NodePreview> &before,
    const std::vector<std::shared_ptr<const NodePreview>> &after, bool isRandom)
{
    if (!m_strip || node != m_node)
        return;
    m_strip->setDraws(before, after, isRandom);
    m_strip->setVisible(before != nullptr);
}

void InspectorPanel::showProblem(const QString &text)
{
    if (!m_problem)
        return;
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

void InspectorPanel::renameNode()
{
    const Node *node = m_document.graph().find(m_node);
    if (!node || !m_name || m_name->text() == QString::fromStdString(node->name))
        return;
    const auto renamed = m_document.rename(m_node, m_name->text().trimmed());
    showProblem(renamed ? QString() : QString::fromStdString(renamed.error().text));
    refreshFields(m_node);
}

void InspectorPanel::editParam(const QString &name, const ParamValue &value, bool continues)
{
    if (!continues)
        ++m_gesture;
    const auto set = m_document.setParam(m_node, name.toStdString(), value, m_gesture);
    showProblem(set ? QString() : QString::fromStdString(set.error().text));
}

void InspectorPanel::refreshFields(NodeId id)
{
    const Node *node = m_document.graph().find(id);
    if (m_form && m_document.graph().isWithin(id, m_node))
        m_form->setValues(valuesOf(m_document.shownParams(m_node)));
    if (!node || id != m_node)
        return;
    const QString name = QString::fromStdString(node->name);
    if (m_name && m_name->text() != name)
        m_name->setText(name);
    if (m_form)
        m_form->setValues(valuesOf(m_document.shownParams(id)));
    if (m_learning)
        m_learning->setValues(learningOf(*node));
}

void InspectorPanel::focusParams()
{
    if (m_form)
        m_form->focusFirst();
}

} // namespace netloom
