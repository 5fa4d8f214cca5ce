// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/runs_view.h"

#include "runs/run_details.h"
#include "runs/runs_sort.h"
#include "theme/theme.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>

namespace netloom {

namespace {

int widthOf(const RunColumn &column)
{
    switch (column.kind) {
    case CellKind::Text: return column.id == "run" ? 330 : column.id.starts_with("recipe.") ? 92 : 110;
    case CellKind::Time: return 110;
    case CellKind::Whole: return 78;
    case CellKind::Number:
    case CellKind::Share: return 142;
    case CellKind::Amount: return 92;
    case CellKind::Seconds: return 92;
    }
    return 100;
}

} // namespace

RunsView::~RunsView() = default;

void RunsView::connectParts()
{
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setFilter(text);
        m_sort->invalidate();
        m_table->viewport()->update(); // others are the best now
        refreshPages();
        refreshChosen();
    });
    connect(m_columnMenu, &QMenu::aboutToShow, this, &RunsView::fillColumnMenu);
    connect(m_table->header(), &QHeaderView::customContextMenuRequested, this, [this](const QPoint &place) {
        m_columnMenu->popup(m_table->header()->mapToGlobal(place));
    });
    connect(m_table, &QTreeView::customContextMenuRequested, this, [this](const QPoint &place) {
        if (!m_table->indexAt(place).isValid())
            return;
        QMenu menu(this);
        fillRunMenu(menu);
        menu.exec(m_table->viewport()->mapToGlobal(place));
    });
    connect(m_table, &QTreeView::doubleClicked, this, [this] {
        if (const QString folder = onlyFolder(); !folder.isEmpty())
            emit reportRequested(folder);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunsView::refreshChosen);
    connect(m_model, &QAbstractItemModel::modelReset, this, &RunsView::applyColumns);
    connect(m_deleteButton, &QToolButton::clicked, this, &RunsView::deleteChosen);
    connect(m_resume, &QPushButton::clicked, this, [this] { emit resumeRequested(onlyFolder()); });
    connect(m_undo, &QPushButton::clicked, this, &RunsView::undoRequested);
    connect(m_details, &RunDetails::tagsEdited, this, &RunsView::tagsEdited);
    connect(m_details, &RunDetails::noteEdited, this, &RunsView::noteEdited);
    m_search->installEventFilter(this);
}

void RunsView::setRuns(std::vector<RunEntry> runs)
{
    QStringList keys;
    for (const Chosen &chosen : m_chosen)
        keys << chosen.key;
    const bool first = m_model->runs().empty() && !runs.empty();
    m_model->setRuns(std::move(runs));
    if (first) {
        m_table->sortByColumn(m_model->columnOf("started"), Qt::DescendingOrder);
        if (m_sort->rowCount() > 0)
            select({m_model->keyOf(m_sort->mapToSource(m_sort->index(0, 0)))});
    } else if (m_table->selectionModel()->selectedRows().isEmpty() && !keys.isEmpty()) {
        select(keys); // the columns are others now
    }
    refreshPages();
    refreshChosen();
}

void RunsView::refreshPages()
{
    const int all = int(m_model->runs().size()), shown = m_model->wantedCount();
    m_pages->setCurrentIndex(all > 0 ? 1 : 0);
    m_count->setText(all == 0 ? QString() : shown == all ? runCountText(all) : tr("%1 of %2").arg(QString::number(shown), runCountText(all)));
    for (QWidget *tool : std::initializer_list<QWidget *>{m_search, m_exportButton, m_openButton, m_deleteButton})
        tool->setVisible(all > 0);
    findChild<QToolButton *>("runsColumns")->setVisible(all > 0);
}

void RunsView::setNotice(const QString &text)
{
    m_notice->setText(text);
    m_notice->setVisible(!text.isEmpty());
}

void RunsView::setEditable(bool editable, const QString &reason)
{
    m_details->setEditable(editable, reason);
}

void RunsView::setUndo(const QString &text)
{
    m_undo->setVisible(!text.isEmpty());
    m_undo->setToolTip(text);
    m_undo->setText(text.isEmpty() ? tr("Undo") : tr("Undo: %1").arg(text));
}

void RunsView::select(const QStringList &keys)
{
    QItemSelection selection;
    for (const QString &key : keys) {
        const QModelIndex row = m_sort->mapFromSource(m_model->indexOf(key));
        if (!row.isValid())
            continue;
        if (row.parent().isValid())
            m_table->expand(row.parent());
        selection.select(row, row.siblingAtColumn(m_model->columnCount() - 1));
    }
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (!selection.isEmpty())
        m_table->selectionModel()->setCurrentIndex(selection.first().topLeft(), QItemSelectionModel::NoUpdate);
}

void RunsView::focusTable()
{
    m_pages->currentIndex() == 1 ? m_table->setFocus() : findChild<QPushButton *>("runsStart")->setFocus();
}

QStringList RunsView::shownColumns() const
{
    QStringList ids;
    for (const RunColumn &column : m_model->columns()) {
        if (m_columns ? m_columns->contains(QString::fromStdString(column.id)) || column.id == "run" : column.usual)
            ids << QString::fromStdString(column.id);
    }
    return ids;
}

void RunsView::setShownColumns(const std::optional<QStringList> &ids)
{
    m_columns = ids;
    applyColumns();
}

void RunsView::applyColumns()
{
    const QStringList shown = shownColumns();
    for (int column = 0; column < m_model->columnCount(); ++column) {
        const RunColumn &here = m_model->columns()[std::size_t(column)];
        m_table->setColumnHidden(column, !shown.contains(QString::fromStdString(here.id)));
        m_table->setColumnWidth(column, widthOf(here));
    }
}

void RunsView::fillColumnMenu()
{
    m_columnMenu->clear();
    const QStringList shown = shownColumns();
    bool inRecipe = false;
    for (const RunColumn &column : m_model->columns()) {
        const QString id = QString::fromStdString(column.id);
        if (column.id == "run")
            continue;
        if (!inRecipe && column.id.starts_with("recipe.")) {
            m_columnMenu->addSection(tr("Recipe"));
            inRecipe = true;
        }
        QAction *action = m_columnMenu->addAction(columnTitle(column));
        action->setObjectName("column_" + id);
        action->setCheckable(true);
        action->setChecked(shown.contains(id));
        connect(action, &QAction::toggled, this, [this, id](bool on) {
            QStringList now = shownColumns();
            on ? now.append(id) : void(now.removeAll(id));
            setShownColumns(now);
            emit columnsChanged();
        });
    }
    m_columnMenu->addSeparator();
    m_columnMenu->addAction(tr("The usual ones"), this, [this] {
        setShownColumns(std::nullopt);
        emit columnsChanged();
    });
}

void RunsView::fillRunMenu(QMenu &menu)
{
    const QString folder = onlyFolder();
    const auto add = [&](const char *name, const char *icon, const QString &text, auto signal) {
        QAction *action = menu.addAction(themedIcon(QLatin1String(icon)), text, this, [this, folder, signal] { emit(this->*signal)(folder); });
        action->setObjectName(QLatin1String(name));
        action->setEnabled(!folder.isEmpty());
    };
    add("runReport", "report", tr("Open report"), &RunsView::reportRequested);
    add("runFolder", "folder", tr("Open folder"), &RunsView::folderRequested);
    add("runProject", "open", tr("Open network as a project"), &RunsView::openRequested);
    if (!m_resume->isHidden())
        add("runResume", "play", tr("Resume training"), &RunsView::resumeRequested);
    add("runCompare", "compare", tr("Compare with the canvas"), &RunsView::compareRequested);
    menu.addSeparator();
    menu.addAction(themedIcon("trash"), tr("Delete…"), this, &RunsView::deleteChosen)->setObjectName("runDelete");
}

void RunsView::deleteChosen()
{
    QStringList folders;
    for (const RunEntry *run : chosenRuns())
        folders << runKey(*run);
    if (!folders.isEmpty())
        emit deleteRequested(folders);
}

QString RunsView::tableCsv() const
{
    std::vector<RunEntry> runs;
    std::vector<RunColumn> columns;
    for (int section = 0; section < m_model->columnCount(); ++section) {
        const int column = m_table->header()->logicalIndex(section);
        if (!m_table->isColumnHidden(column))
            columns.push_back(m_model->columns()[std::size_t(column)]);
    }
    const auto add = [&](const QModelIndex &row) {
        if (const QModelIndex source = m_sort->mapToSource(row); !m_model->isGroup(source))
            runs.push_back(*m_model->runsOf(source).front());
    };
    for (int row = 0; row < m_sort->rowCount(); ++row) {
        const QModelIndex top = m_sort->index(row, 0);
        add(top);
        for (int child = 0; child < m_sort->rowCount(top); ++child)
            add(m_sort->index(child, 0, top));
    }
    return QString::fromStdString(runsCsv(runs, columns));
}

void RunsView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit backRequested();
    else if (event->matches(QKeySequence::Find))
        m_search->setFocus();
    else if (event->matches(QKeySequence::Undo) && !m_undo->isHidden())
        emit undoRequested();
    else
        QWidget::keyPressEvent(event);
}

bool RunsView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool pressed = event->type() == QEvent::KeyPress;
    if (watched == m_table && (key->key() == Qt::Key_Delete || key->matches(QKeySequence::Find) || (key->matches(QKeySequence::Undo) && !m_undo->isHidden()))) {
        event->accept(); // not the window's commands of the same keys
        if (!pressed)
            return true;
        key->key() == Qt::Key_Delete ? deleteChosen() : key->matches(QKeySequence::Find) ? m_search->setFocus() : emit undoRequested();
        return true;
    }
    if (watched == m_table && pressed && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && !onlyFolder().isEmpty()) {
        emit reportRequested(onlyFolder());
        return true;
    }
    if (watched == m_search && pressed && key->key() == Qt::Key_Escape) {
        m_search->text().isEmpty() ? m_table->setFocus() : m_search->clear();
        return true;
    }
    if (watched == m_search && pressed && key->key() == Qt::Key_Down) {
        m_table->setFocus();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void RunsView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_chosen.empty())
        refreshChosen(); // in the theme's colours
}

} // namespace netloom
