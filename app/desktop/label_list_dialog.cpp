// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/label_list_dialog.h"

#include "data/loader.h"
#include "panels/class_bars.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPromise>
#include <QPushButton>
#include <QScrollArea>
#include <QTableWidget>
#include <QThreadPool>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace netloom {

namespace {

constexpr std::size_t kRowsShown = 24;
constexpr int kThumbnail = 40; ///< px
constexpr int kClassesWidth = 236;
constexpr std::size_t kMostClasses = 60; ///< bars; the rest is counted

QImage thumbnailOf(const std::string &file)
{
    const Result<Picture> picture = readPictureFile(file, 3, DecodeHint{kThumbnail});
    if (!picture)
        return {};
    const QImage image(picture->pixels.data(), picture->width, picture->height, picture->width * 3, QImage::Format_RGB888);
    return image.scaled(kThumbnail, kThumbnail, Qt::KeepAspectRatio, Qt::SmoothTransformation).copy(); // which of the same size would share its pixels
}

/// How labels are given, as the form's entries are known by: "one", "columns", or what stands between several.
QString formKey(LabelForm form, char separator)
{
    return form == LabelForm::One ? QStringLiteral("one") : form == LabelForm::Columns ? QStringLiteral("columns") : QString(QLatin1Char(separator));
}

QTableWidgetItem *cellItem(const QString &text)
{
    auto *item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsEnabled);
    item->setToolTip(text);
    return item;
}

} // namespace

LabelListDialog::LabelListDialog(Params params, QWidget *parent) : QDialog(parent), m_params(std::move(params)), m_watcher(this)
{
    setObjectName("labelListDialog");
    setWindowTitle(tr("Labelled pictures"));
    resize(920, 620);
    const QFileInfo folder(QString::fromStdString(m_params.text("root")));
    auto *title = new QLabel(tr("Which class, or which labels, has each picture of “%1”?").arg(folder.fileName()));
    title->setToolTip(folder.filePath());
    setTextRole(title, TextRole::Title);
    m_summary = new QLabel;
    m_summary->setObjectName("labelListSummary");
    m_summary->setWordWrap(true);
    m_notes = new QLabel;
    m_notes->setObjectName("labelListNotes");
    m_notes->setWordWrap(true);
    m_notes->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_notes->setMinimumHeight(m_notes->fontMetrics().height() * 3 + 4);
    setTextRole(m_notes, TextRole::Muted);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_use = buttons->addButton(tr("Use the list"), QDialogButtonBox::AcceptRole);
    m_use->setObjectName("labelListUse");
    m_use->setEnabled(false);
    setPrimary(m_use);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    makeRows();

    auto *middle = new QHBoxLayout;
    middle->setSpacing(16);
    middle->addWidget(m_rows, 1);
    middle->addWidget(makeClasses());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    column->addWidget(title);
    column->addWidget(makeChoices());
    column->addLayout(middle, 1);
    column->addWidget(m_summary);
    column->addWidget(m_notes);
    column->addWidget(buttons);
    m_use->setDefault(true);
    connect(&m_watcher, &QFutureWatcher<Answer>::finished, this, &LabelListDialog::finishLook);
    look();
}

LabelListDialog::~LabelListDialog() = default;

QComboBox *LabelListDialog::makeChoice(const char *param, const QString &label, QWidget *row)
{
    auto *grid = static_cast<QGridLayout *>(row->layout());
    auto *box = new QComboBox;
    box->setObjectName(QString("labelList_") + param);
    box->setAccessibleName(label);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(10);
    auto *text = new QLabel(label);
    text->setBuddy(box);
    setTextRole(text, TextRole::Small);
    const int at = grid->columnCount();
    grid->addWidget(text, 0, at);
    grid->addWidget(box, 1, at);
    grid->setColumnStretch(at, 1);
    connect(box, &QComboBox::activated, this, [this, param, box] { choose(param, box->currentData().toString().toStdString()); });
    return box;
}

QWidget *LabelListDialog::makeChoices()
{
    auto *row = new QWidget;
    auto *grid = new QGridLayout(row);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    m_list = makeChoice("csv", tr("List"), row);
    auto *browseButton = new QToolButton;
    browseButton->setObjectName("labelListBrowse");
    browseButton->setIcon(themedIcon("folder"));
    browseButton->setToolTip(tr("Choose a CSV file that lies elsewhere"));
    browseButton->setAccessibleName(browseButton->toolTip());
    browseButton->setFixedSize(Theme::kControlHeight, Theme::kControlHeight);
    grid->addWidget(browseButton, 1, grid->columnCount());
    m_file = makeChoice("file_column", tr("Column of the files"), row);
    m_label = makeChoice("label_column", tr("Column of the classes"), row);
    m_form = makeChoice("labels", tr("Labels of a picture"), row);
    m_split = makeChoice("split_column", tr("Column of train, val or test"), row);
    m_form->disconnect(this);
    connect(m_form, &QComboBox::activated, this, &LabelListDialog::chooseForm);
    connect(browseButton, &QToolButton::clicked, this, &LabelListDialog::browse);
    return row;
}

void LabelListDialog::makeRows()
{
    m_rows = new QTableWidget;
    m_rows->setObjectName("labelListRows");
    m_rows->setAccessibleName(tr("The list's first rows with their pictures"));
    m_rows->setSelectionMode(QAbstractItemView::NoSelection);
    m_rows->setFocusPolicy(Qt::StrongFocus);
    m_rows->setWordWrap(false);
    m_rows->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_rows->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_rows->verticalHeader()->hide();
    m_rows->verticalHeader()->setDefaultSectionSize(kThumbnail + 6);
    m_rows->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_rows->horizontalHeader()->setHighlightSections(false);
    m_rows->setIconSize({kThumbnail, kThumbnail});
}

QWidget *LabelListDialog::makeClasses()
{
    m_classes = new QScrollArea;
    m_classes->setObjectName("labelListClasses");
    m_classes->setAccessibleName(tr("Pictures of each class"));
    m_classes->setWidgetResizable(true);
    m_classes->setFrameShape(QFrame::NoFrame);
    m_classes->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_classes->setFixedWidth(kClassesWidth);
    return m_classes;
}

LabelListDialog::Answer LabelListDialog::findOut(const Params &params)
{
    auto found = std::make_shared<Found>();
    try {
        found->look = lookAtLabelList(params);
        found->lists = csvFilesIn(params.text("root"));
        const std::size_t rows = std::min(found->look.files.size(), kRowsShown);
        for (std::size_t row = 0; row < rows; ++row) {
            const std::string &file = found->look.files[row];
            found->thumbnails.push_back(file.empty() ? QImage() : thumbnailOf(params.text("root") + "/" + file));
        }
    } catch (const std::exception &error) { // the file system
        found->look.problem = error.what();
    }
    found->look.table.rows.resize(std::min(found->look.table.rows.size(), kRowsShown));
    return found;
}

void LabelListDialog::choose(const char *param, const std::string &value)
{
    if (m_params.text(param) == value)
        return;
    m_params.set(param, value);
    if (std::string_view(param) == "csv") { // other columns
        for (const char *column : {"file_column", "label_column", "split_column"})
            m_params.set(column, std::string());
        for (const char *form : {"labels", "label_separator"})
            m_params.set(form, std::string("auto"));
        m_params.set("label_columns", std::vector<std::string>());
        m_suggestsSplit = true;
    }
    look();
}

void LabelListDialog::chooseForm()
{
    const QString key = m_form->currentData().toString();
    const bool several = key != QLatin1String("one") && key != QLatin1String("columns");
    m_params.set("labels", several ? std::string("several") : key.toStdString());
    m_params.set("label_separator", !several ? std::string("auto") : key == QLatin1String(" ") ? std::string("space") : key.toStdString());
    look();
}

void LabelListDialog::browse()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Choose a list"), QString::fromStdString(m_params.text("root")),
        tr("Lists (*.csv *.tsv *.txt);;All files (*)"));
    if (!file.isEmpty())
        choose("csv", file.toStdString());
}

void LabelListDialog::look()
{
    if (m_looking) {
        m_again = true;
        return;
    }
    startLook();
}

void LabelListDialog::startLook()
{
    m_looking = true;
    m_again = false;
    m_summary->setText(tr("Looking at the list…"));
    const auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    m_watcher.setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, params = m_params] {
        promise->addResult(findOut(params));
        promise->finish();
    });
}

void LabelListDialog::finishLook()
{
    m_looking = false;
    if (m_again)
        return startLook();
    const Answer found = m_watcher.result();
    const bool suggests = m_suggestsSplit && m_params.text("split_column").empty() && !found->look.likelySplit.empty();
    m_suggestsSplit = false;
    if (suggests)
        return choose("split_column", found->look.likelySplit);
    show(*found);
    emit looked();
}

void LabelListDialog::show(const Found &found)
{
    const LabelListLook &look = found.look;
    showLists(found);
    showColumns(look);
    showRows(found);
    showClasses(look);
    const bool fine = look.problem.empty();
    setTextRole(m_summary, fine ? TextRole::Body : TextRole::Error);
    m_summary->setText(fine ? summaryOf(look) : QString::fromStdString(look.problem));
    QStringList notes;
    for (const std::string &warning : look.warnings)
        notes << QString::fromStdString(warning);
    m_notes->setText(notes.join('\n'));
    m_use->setEnabled(fine);
}

QString LabelListDialog::summaryOf(const LabelListLook &look) const
{
    const QString pictures = QLocale().toString(qint64(look.pictures)), classes = QLocale().toString(qint64(look.classNames.size()));
    if (!look.columns.several())
        return tr("%1 pictures in %2 classes.").arg(pictures, classes);
    const double mean = double(std::accumulate(look.counts.begin(), look.counts.end(), std::int64_t{0})) / double(std::max<std::int64_t>(1, look.pictures));
    const QString text = tr("%1 pictures with several labels per picture: %2 labels, %3 of them on a picture on average.").arg(pictures, classes, QLocale().toString(mean, 'f', 1));
    return look.without == 0 ? text : text + QLatin1Char(' ') + (look.without == 1 ? tr("1 picture has none.") : tr("%1 pictures have none.").arg(QLocale().toString(qint64(look.without))));
}

void LabelListDialog::showLists(const Found &found)
{
    m_list->clear();
    for (const std::string &list : found.lists) {
        const QString path = QString::fromStdString(list);
        m_list->addItem(QFileInfo(path).fileName(), path);
    }
    const QString chosen = QString::fromStdString(found.look.csv);
    if (!chosen.isEmpty() && m_list->findData(chosen) < 0)
        m_list->addItem(QFileInfo(chosen).fileName(), chosen);
    m_list->setCurrentIndex(m_list->findData(chosen));
    m_list->setToolTip(chosen);
}

void LabelListDialog::showColumns(const LabelListLook &look)
{
    for (QComboBox *box : {m_file, m_label, m_split}) {
        box->clear();
        if (box == m_split)
            box->addItem(tr("None"), QString());
        for (const std::string &column : look.table.columns)
            box->addItem(QString::fromStdString(column), QString::fromStdString(column));
    }
    m_file->setCurrentIndex(look.columns.file);
    m_label->setCurrentIndex(look.columns.label);
    m_label->setPlaceholderText(look.columns.form == LabelForm::Columns ? tr("%1 columns").arg(look.columns.marks.size()) : QString());
    m_label->setEnabled(look.columns.form != LabelForm::Columns);
    m_split->setCurrentIndex(look.columns.split + 1);
    showForm(look);
}

/// What was found, or chosen, among what can be.
void LabelListDialog::showForm(const LabelListLook &look)
{
    m_form->clear();
    m_form->addItem(tr("One class"), formKey(LabelForm::One, '\0'));
    m_form->addItem(tr("Several, between them ;"), formKey(LabelForm::Several, ';'));
    m_form->addItem(tr("Several, between them |"), formKey(LabelForm::Several, '|'));
    m_form->addItem(tr("Several, between them ,"), formKey(LabelForm::Several, ','));
    m_form->addItem(tr("Several, between them spaces"), formKey(LabelForm::Several, ' '));
    if (!look.likelyMarks.empty() || look.columns.form == LabelForm::Columns)
        m_form->addItem(tr("A column of 0 and 1 for each label"), formKey(LabelForm::Columns, '\0'));
    m_form->setCurrentIndex(m_form->findData(formKey(look.columns.form, look.columns.separator)));
    m_form->setToolTip(m_params.text("labels") == "auto" ? tr("Found out from the cells") : QString());
}

void LabelListDialog::showRows(const Found &found)
{
    const LabelTable &table = found.look.table;
    const LabelColumns &columns = found.look.columns;
    m_rows->clear();
    m_rows->setRowCount(int(table.rows.size()));
    m_rows->setColumnCount(int(table.columns.size()) + 1);
    QStringList headers{QString()};
    for (int column = 0; column < int(table.columns.size()); ++column) {
        const QString name = QString::fromStdString(table.columns[std::size_t(column)]);
        const QString use = column == columns.file ? tr("file") : column == columns.label ? (columns.several() ? tr("labels") : tr("class")) : std::ranges::find(columns.marks, column) != columns.marks.end() ? tr("label") : column == columns.split ? tr("split") : QString();
        headers << (use.isEmpty() ? name : tr("%1 (%2)").arg(name, use));
    }
    m_rows->setHorizontalHeaderLabels(headers);
    for (int row = 0; row < m_rows->rowCount(); ++row) {
        const QImage thumbnail = std::size_t(row) < found.thumbnails.size() ? found.thumbnails[std::size_t(row)] : QImage();
        auto *picture = cellItem({});
        if (thumbnail.isNull() && columns.file >= 0) {
            picture->setIcon(themedIcon("warning", Theme::current().warning));
            picture->setToolTip(std::size_t(row) < found.look.files.size() && found.look.files[std::size_t(row)].empty() ? tr("No such picture in the folder") : tr("Can't be read"));
        } else {
            picture->setIcon(QPixmap::fromImage(thumbnail));
        }
        m_rows->setItem(row, 0, picture);
        for (int column = 0; column < int(table.columns.size()); ++column)
            m_rows->setItem(row, column + 1, cellItem(QString::fromStdString(table.rows[std::size_t(row)][std::size_t(column)])));
    }
    m_rows->resizeColumnsToContents();
    m_rows->setColumnWidth(0, kThumbnail + 14);
    m_rows->horizontalHeader()->setStretchLastSection(true);
}

void LabelListDialog::showClasses(const LabelListLook &look)
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(6);
    const std::size_t count = look.classNames.size();
    auto *heading = new QLabel(look.columns.several() ? (count == 1 ? tr("1 label") : tr("%1 labels").arg(count)) : (count == 1 ? tr("1 class") : tr("%1 classes").arg(count)));
    setTextRole(heading, TextRole::Section);
    column->addWidget(heading);
    QStringList names;
    const std::size_t shown = std::min(look.classNames.size(), kMostClasses);
    for (std::size_t label = 0; label < shown; ++label)
        names << QString::fromStdString(look.classNames[label]);
    column->addWidget(new ClassBars(names, {look.counts.begin(), look.counts.begin() + std::ptrdiff_t(shown)}));
    if (shown < look.classNames.size())
        column->addWidget(new QLabel(tr("and %1 more").arg(look.classNames.size() - shown)));
    column->addStretch(1);
    m_classes->setWidget(page);
}

} // namespace netloom
