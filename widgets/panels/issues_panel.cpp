// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/issues_panel.h"

#include "repairs/issue_row.h"
#include "theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

namespace {

/// Paints a row's background alone: the row's widget shows the rest.
class RowBackground : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->text.clear();
    }
};

QWidget *makeAllFine(QWidget *parent)
{
    auto *page = new QWidget(parent);
    auto *icon = new QLabel(page);
    icon->setObjectName("issuesFineIcon");
    auto *text = new QLabel(page);
    text->setObjectName("issuesFine");
    setTextRole(text, TextRole::Muted);
    auto *row = new QHBoxLayout(page);
    row->setSpacing(Theme::kSpacing);
    row->addStretch();
    row->addWidget(icon);
    row->addWidget(text);
    row->addStretch();
    return page;
}

} // namespace

IssuesPanel::IssuesPanel(Document &document, QWidget *parent) : QWidget(parent), m_document(document)
{
    setObjectName("issues");
    m_list = new QListWidget(this);
    m_list->setObjectName("issuesList");
    m_list->setAccessibleName(tr("Issues"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSpacing(1);
    m_list->setItemDelegate(new RowBackground(m_list));
    m_list->setResizeMode(QListView::Adjust);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setBackgroundRole(QPalette::Window);
    m_list->viewport()->installEventFilter(this);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_list);
    m_stack->addWidget(makeAllFine(this));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(m_stack);
    connect(m_list, &QListWidget::itemClicked, this, &IssuesPanel::request);
    connect(m_list, &QListWidget::itemActivated, this, &IssuesPanel::request);
    connect(&m_document, &Document::inferenceChanged, this, &IssuesPanel::refresh);
    connect(&m_document, &Document::projectReset, this, &IssuesPanel::refresh);
    refresh();
}

void IssuesPanel::refresh()
{
    const Issues &issues = m_document.inference().issues;
    m_stack->findChild<QLabel *>("issuesFineIcon")->setPixmap(themedIcon("check", Theme::current().success).pixmap(QSize(18, 18), devicePixelRatioF()));
    m_stack->findChild<QLabel *>("issuesFine")->setText(
        m_document.graph().empty() ? tr("Nothing on the canvas yet") : tr("No issues: ready to train"));
    m_stack->findChild<QLabel *>("issuesFineIcon")->setVisible(!m_document.graph().empty());
    m_stack->setCurrentIndex(issues.empty() ? 1 : 0);
    if (isVisible())
        fill();
    const int errors = int(std::ranges::count(issues, Severity::Error, &Issue::severity));
    const int warnings = int(std::ranges::count(issues, Severity::Warning, &Issue::severity));
    if (errors != m_errors || warnings != m_warnings) {
        m_errors = errors;
        m_warnings = warnings;
        emit countsChanged(errors, warnings);
    }
}

/// Rows are costly and can be many: none are made for a panel that nobody sees.
void IssuesPanel::fill()
{
    const Issues &issues = m_document.inference().issues;
    if (issues == m_shown && m_list->count() == int(issues.size()))
        return;
    const int row = m_list->currentRow();
    m_list->clear();
    for (const Issue &issue : issues)
        addRow(issue);
    m_shown = issues;
    if (row >= 0 && row < m_list->count())
        m_list->setCurrentRow(row, QItemSelectionModel::NoUpdate);
}

void IssuesPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    fill();
}

void IssuesPanel::addRow(const Issue &issue)
{
    auto *item = new QListWidgetItem(QString::fromStdString(issue.text), m_list);
    auto *row = new IssueRow(m_document, issue);
    row->setToolTip(issue.node.valid() ? tr("Click to show the node") : QString());
    row->installEventFilter(this);
    m_list->setItemWidget(item, row);
    fitRow(*item);
}

void IssuesPanel::fitRow(QListWidgetItem &item)
{
    const QWidget *row = m_list->itemWidget(&item);
    const int width = m_list->viewport()->width() - 2 * m_list->spacing();
    const QSize size(width, row->layout()->totalHeightForWidth(width));
    if (item.sizeHint() != size)
        item.setSizeHint(size);
}

bool IssuesPanel::eventFilter(QObject *watched, QEvent *event)
{
    // Fixes come and go, and the panel is made wider or narrower.
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize) {
        for (int row = 0; row < m_list->count(); ++row) {
            QListWidgetItem *item = m_list->item(row);
            if (m_list->itemWidget(item) && (watched == m_list->viewport() || watched == m_list->itemWidget(item)))
                fitRow(*item);
        }
    }
    return QWidget::eventFilter(watched, event);
}

void IssuesPanel::request(QListWidgetItem *item)
{
    const int row = m_list->row(item);
    if (row < 0 || row >= int(m_shown.size()))
        return;
    const NodeId node = m_shown[std::size_t(row)].node;
    if (m_document.graph().find(node))
        emit nodeRequested(node);
}

void IssuesPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_stack) {
        m_shown.clear();
        refresh();
    }
}

} // namespace netloom
