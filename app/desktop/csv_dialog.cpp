// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/csv_dialog.h"

#include "desktop/new_project_dialog.h"
#include "plots/estimate_plot.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPromise>
#include <QPushButton>
#include <QScrollArea>
#include <QTableWidget>
#include <QThreadPool>
#include <QVBoxLayout>

#include <algorithm>
#include <new>

namespace netloom {

namespace {

constexpr std::size_t kMostColumns = 200; ///< shown; a combo box each
constexpr int kKindRow = 0; ///< what the cells of each column are
constexpr int kRoleRow = 1;
constexpr int kFirstRow = 2; ///< of the file
constexpr int kNarrowest = 118; ///< px of a column, so that its role can be read
constexpr int kWidest = 240;

const std::vector<std::pair<ColumnRole, const char *>> kRoles{
    {ColumnRole::Number, QT_TRANSLATE_NOOP("netloom::CsvDialog", "Number")},
    {ColumnRole::Category, QT_TRANSLATE_NOOP("netloom::CsvDialog", "Category")},
    {ColumnRole::Target, QT_TRANSLATE_NOOP("netloom::CsvDialog", "To be learned")},
    {ColumnRole::LeftOut, QT_TRANSLATE_NOOP("netloom::CsvDialog", "Left out")},
    {ColumnRole::SplitColumn, QT_TRANSLATE_NOOP("netloom::CsvDialog", "Tells the split")},
};

/// "numbers, 3 missing", "2 words"
QString kindText(const ColumnProfile &profile)
{
    QString text;
    if (profile.filled() == 0)
        return CsvDialog::tr("empty");
    if (profile.words == 0)
        text = CsvDialog::tr("numbers");
    else if (profile.many)
        text = CsvDialog::tr("very many words");
    else if (profile.numbers > profile.words)
        text = CsvDialog::tr("numbers, some words");
    else
        text = CsvDialog::tr("%1 words").arg(profile.cells.size());
    return profile.missing > 0 ? CsvDialog::tr("%1, %2 missing").arg(text, QLocale().toString(qint64(profile.missing))) : text;
}

QString learnedText(const SourceFacts &facts)
{
    qint64 rows = 0;
    for (const auto &[split, counts] : facts.counts)
        rows += facts.total(split);
    const QString target = QString::fromStdString(facts.targetName);
    if (facts.learnsNumber)
        return CsvDialog::tr("Learns a number, “%1”: %2 on average, give or take %3. %4 rows, %5 numbers in each.")
            .arg(target, shortNumberText(facts.targetMean), shortNumberText(facts.targetDeviation), QLocale().toString(rows))
            .arg(facts.columns.size());
    return CsvDialog::tr("Learns %1 classes, “%2”: %3. %4 rows, %5 numbers in each.")
        .arg(facts.classCount())
        .arg(target, classSummary(facts, 6), QLocale().toString(rows))
        .arg(facts.columns.size());
}

/// With @p label above it.
QWidget *labelled(QComboBox *combo, const QString &label)
{
    auto *box = new QWidget;
    auto *rows = new QVBoxLayout(box);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(4);
    auto *text = new QLabel(label);
    setTextRole(text, TextRole::Small);
    text->setBuddy(combo);
    combo->setAccessibleName(label);
    combo->setMinimumContentsLength(8);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    rows->addWidget(text);
    rows->addWidget(combo);
    return box;
}

QTableWidgetItem *cellItem(const QString &text)
{
    auto *item = new QTableWidgetItem(text.size() > 200 ? text.left(200) + QStringLiteral("…") : text);
    item->setFlags(Qt::ItemIsEnabled);
    return item;
}

} // namespace

CsvDialog::CsvDialog(const NodeSpec &table, Params params, QWidget *parent)
    : QDialog(parent), m_table(table), m_params(std::move(params)), m_watcher(this)
{
    setObjectName("csvDialog");
    const QFileInfo file(QString::fromStdString(m_params.text("file")));
    setWindowTitle(tr("Table"));
    resize(1000, 640);
    auto *title = new QLabel(tr("What is to be learned from “%1”?").arg(file.fileName()));
    title->setToolTip(file.filePath());
    setTextRole(title, TextRole::Title);
    m_learned = new QLabel;
    m_learned->setObjectName("csvLearned");
    m_learned->setWordWrap(true);
    m_learned->setMinimumHeight(m_learned->fontMetrics().height() * 2 + 4);
    m_learned->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_notes = new QLabel;
    m_notes->setObjectName("csvNotes");
    m_notes->setWordWrap(true);
    m_notes->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setTextRole(m_notes, TextRole::Muted);
    auto *notes = new QScrollArea;
    notes->setWidget(m_notes);
    notes->setWidgetResizable(true);
    notes->setFrameShape(QFrame::NoFrame);
    notes->setFixedHeight(m_notes->fontMetrics().height() * 4 + 4);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_use = buttons->addButton(tr("Use the table"), QDialogButtonBox::AcceptRole);
    m_use->setObjectName("csvUse");
    setPrimary(m_use);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    makeRows();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    column->addWidget(title);
    column->addWidget(makeFormatRow());
    column->addWidget(m_rows, 1);
    column->addWidget(makeLearningRow());
    column->addWidget(m_learned);
    column->addWidget(notes);
    column->addWidget(buttons);
    m_use->setDefault(true);
    m_target->setFocus();
    connect(&m_watcher, &QFutureWatcher<std::shared_ptr<const Found>>::finished, this, &CsvDialog::finishLook);
    look();
}

CsvDialog::~CsvDialog() = default;

void CsvDialog::makeRows()
{
    m_rows = new QTableWidget;
    m_rows->setObjectName("csvRows");
    m_rows->setAccessibleName(tr("The table's columns and first rows"));
    m_rows->setSelectionMode(QAbstractItemView::NoSelection);
    m_rows->setWordWrap(false);
    m_rows->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_rows->verticalHeader()->hide();
    m_rows->verticalHeader()->setDefaultSectionSize(24);
    m_rows->horizontalHeader()->setSectionsClickable(false);
    m_rows->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

/// A field for a parameter with choices.
QWidget *CsvDialog::makeChoice(const char *param, const QString &label)
{
    auto *combo = new QComboBox;
    combo->setObjectName(QStringLiteral("csv_") + QLatin1String(param));
    const ParamDecl &decl = *m_table.findParam(param);
    combo->setToolTip(QString::fromStdString(decl.docText));
    for (const std::string &choice : decl.choices)
        combo->addItem(QString::fromStdString(choice));
    combo->setCurrentText(QString::fromStdString(m_params.text(param)));
    connect(combo, &QComboBox::textActivated, this, [this, param](const QString &chosen) {
        m_params.set(param, chosen.toStdString());
        look();
    });
    return labelled(combo, label);
}

/// The same as choosing the role above a column, which may lie far to the right.
QWidget *CsvDialog::makeTargetChoice()
{
    m_target = new QComboBox;
    m_target->setObjectName("csv_target");
    m_target->setToolTip(tr("The column that the network is to tell from the others"));
    connect(m_target, &QComboBox::activated, this, [this](int column) { setRole(column, ColumnRole::Target); });
    return labelled(m_target, tr("Column to learn"));
}

QWidget *CsvDialog::makeFormatRow()
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(makeChoice("header", tr("First line names columns")), 1);
    row->addWidget(makeChoice("separator", tr("Between cells")), 1);
    row->addWidget(makeChoice("quote", tr("Quotes")), 1);
    row->addWidget(makeChoice("decimal", tr("Before the fraction")), 1);
    row->addWidget(makeChoice("encoding", tr("Letters stored as")), 1);
    return box;
}

QWidget *CsvDialog::makeLearningRow()
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(makeTargetChoice(), 1);
    row->addWidget(makeChoice("task", tr("To be learned as")), 1);
    row->addWidget(makeChoice("missing", tr("For a missing cell")), 1);
    row->addWidget(makeChoice("encode", tr("Categories go in as")), 1);
    row->addStretch(1);
    return box;
}

bool CsvDialog::learnsNumber() const
{
    return m_found && m_found->look && m_found->look->plan.learnsNumber;
}

void CsvDialog::look()
{
    m_again = m_looking;
    m_use->setEnabled(false);
    m_learned->setText(tr("Looking at the table…"));
    if (!m_looking)
        startLook();
}

void CsvDialog::startLook()
{
    m_looking = true;
    m_again = false;
    const auto promise = std::make_shared<QPromise<std::shared_ptr<const Found>>>();
    promise->start();
    m_watcher.setFuture(promise->future());
    const bool first = m_names.empty();
    QThreadPool::globalInstance()->start([promise, first, table = m_table, params = m_params] {
        promise->addResult(std::make_shared<const Found>(first ? findAfresh(table, params) : find(params)));
        promise->finish();
    });
}

CsvDialog::Found CsvDialog::find(const Params &params)
{
    Found found;
    try {
        Result<TableLook> look = lookAtTable(params);
        if (look)
            found.look = std::move(*look);
        else
            found.problem = QString::fromStdString(look.error().text);
    } catch (const std::bad_alloc &) {
        found.problem = tr("The table needs more memory than there is: close other programs.");
    } catch (const std::exception &error) { // the file system
        found.problem = tr("The table can't be opened (%1).").arg(QString::fromLocal8Bit(error.what()));
    }
    return found;
}

/// Where the parameters are of another table, whose columns this one lacks, it begins without them.
CsvDialog::Found CsvDialog::findAfresh(const NodeSpec &table, const Params &params)
{
    Found found = find(params);
    if (found.look)
        return found;
    Params fresh = params;
    for (const char *name : {"target", "task", "categories", "numbers", "leave_out", "split_column"})
        fresh.set(name, table.findParam(name)->fallback);
    if (fresh == params)
        return found;
    Found again = find(fresh);
    if (!again.look)
        return found;
    again.afresh = std::move(fresh);
    return again;
}

void CsvDialog::finishLook()
{
    m_looking = false;
    if (m_again)
        return startLook();
    m_found = m_watcher.result();
    if (m_found->afresh)
        m_params = *m_found->afresh;
    showFound(*m_found);
    emit looked();
}

void CsvDialog::showFound(const Found &found)
{
    m_use->setEnabled(found.look.has_value());
    setTextRole(m_learned, found.look ? TextRole::Body : TextRole::Error);
    if (!found.look) { // the columns stay, so that a role can be taken back
        m_learned->setText(found.problem);
        m_notes->clear();
        return;
    }
    const SourceFacts &facts = found.look->source->facts();
    m_learned->setText(learnedText(facts));
    QStringList notes;
    for (const std::string &warning : facts.warnings)
        notes << QStringLiteral("⚠ ") + QString::fromStdString(warning);
    m_notes->setText(notes.join('\n'));
    showColumns(*found.look);
    showRows(*found.look);
}

void CsvDialog::showColumns(const TableLook &look)
{
    const std::size_t count = std::min(kMostColumns, look.scan.columns.size());
    std::vector<std::string> names;
    for (std::size_t column = 0; column < count; ++column)
        names.push_back(look.scan.columns[column].name);
    if (names != m_names) {
        m_names = std::move(names);
        m_target->clear();
        for (const std::string &name : m_names)
            m_target->addItem(QString::fromStdString(name));
        m_rows->clear();
        m_rows->setRowCount(kFirstRow);
        m_rows->setColumnCount(int(count));
        m_rows->setRowHeight(kRoleRow, Theme::kControlHeight + 6);
        for (int column = 0; column < int(count); ++column) {
            auto *role = new QComboBox;
            role->setObjectName(QStringLiteral("csvRole%1").arg(column));
            role->setAccessibleName(tr("Role of %1").arg(QString::fromStdString(m_names[std::size_t(column)])));
            for (const auto &[value, text] : kRoles)
                role->addItem(tr(text), int(value));
            connect(role, &QComboBox::activated, this, [this, column, role] { setRole(column, ColumnRole(role->currentData().toInt())); });
            m_rows->setCellWidget(kRoleRow, column, role);
        }
    }
    for (int column = 0; column < int(count); ++column)
        showColumn(column, look.scan.columns[std::size_t(column)], look.plan.columns[std::size_t(column)]);
    m_target->setCurrentIndex(look.plan.target < count ? int(look.plan.target) : -1);
}

void CsvDialog::showColumn(int column, const ColumnProfile &profile, const PlannedColumn &planned)
{
    const QString name = QString::fromStdString(profile.name);
    auto *header = new QTableWidgetItem(name);
    header->setToolTip(planned.reason.empty() ? name : tr("%1 %2").arg(name, QString::fromStdString(planned.reason)));
    if (planned.role == ColumnRole::Target)
        header->setForeground(Theme::current().accent);
    m_rows->setHorizontalHeaderItem(column, header);
    QTableWidgetItem *kind = cellItem(kindText(profile));
    kind->setForeground(Theme::current().textMuted);
    m_rows->setItem(kKindRow, column, kind);
    auto *role = static_cast<QComboBox *>(m_rows->cellWidget(kRoleRow, column));
    role->setCurrentIndex(role->findData(int(planned.role)));
}

void CsvDialog::showRows(const TableLook &look)
{
    m_rows->setRowCount(kFirstRow + int(look.scan.head.size()));
    for (int row = 0; row < int(look.scan.head.size()); ++row) {
        for (int column = 0; column < m_rows->columnCount(); ++column) {
            QTableWidgetItem *item = cellItem(QString::fromStdString(look.scan.head[std::size_t(row)][std::size_t(column)]));
            const ColumnRole role = look.plan.columns[std::size_t(column)].role;
            if (role == ColumnRole::LeftOut || role == ColumnRole::SplitColumn)
                item->setForeground(Theme::current().textMuted);
            else if (role == ColumnRole::Target)
                item->setForeground(Theme::current().accent);
            m_rows->setItem(row + kFirstRow, column, item);
        }
    }
    m_rows->resizeColumnsToContents();
    for (int column = 0; column < m_rows->columnCount(); ++column)
        m_rows->setColumnWidth(column, std::clamp(m_rows->columnWidth(column), kNarrowest, kWidest));
    if (m_target->currentIndex() >= 0)
        m_rows->scrollTo(m_rows->model()->index(kRoleRow, m_target->currentIndex()));
}

/// A column is in one list at most.
void CsvDialog::setRole(int column, ColumnRole role)
{
    const std::string &name = m_names.at(std::size_t(column));
    for (const char *list : {"numbers", "categories", "leave_out"}) {
        std::vector<std::string> names = m_params.texts(list);
        std::erase(names, name);
        const bool here = (role == ColumnRole::Number && list == std::string_view("numbers"))
            || (role == ColumnRole::Category && list == std::string_view("categories"))
            || (role == ColumnRole::LeftOut && list == std::string_view("leave_out"));
        if (here)
            names.push_back(name);
        m_params.set(list, std::move(names));
    }
    if (role == ColumnRole::Target)
        m_params.set("target", name);
    if (role == ColumnRole::SplitColumn)
        m_params.set("split_column", name);
    else if (m_params.text("split_column") == name)
        m_params.set("split_column", std::string());
    look();
}

} // namespace netloom
