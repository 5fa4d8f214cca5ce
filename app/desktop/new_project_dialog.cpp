// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/new_project_dialog.h"

#include "data/table_text.h"
#include "desktop/collect_dialog.h"
#include "desktop/template_card.h"
#include "graph/infer_shapes.h"
#include "graph/split.h"
#include "theme/theme.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace netloom {

namespace {

constexpr int kColumns = 3; // so that all of them fit on a small screen

/// A folder, or a table's file.
QString droppedFolder(const QMimeData *mime)
{
    for (const QUrl &url : mime->urls()) {
        const QString path = url.toLocalFile();
        if (!path.isEmpty() && (QFileInfo(path).isDir() || isTableFile(path.toStdString())))
            return path;
    }
    return {};
}

} // namespace

QString classSummary(const SourceFacts &facts, int atMost)
{
    QStringList parts;
    for (std::size_t label = 0; label < facts.classNames.size() && parts.size() < atMost; ++label) {
        qint64 count = 0;
        for (const auto &[split, counts] : facts.counts)
            count += label < counts.size() ? counts[label] : 0;
        parts << QString::fromStdString(facts.classNames[label]) + QLatin1Char(' ') + QLocale().toString(count);
    }
    QString text = parts.join(", ");
    const auto more = int(facts.classNames.size()) - int(parts.size());
    if (more > 0)
        text += QObject::tr(" and %1 more").arg(more);
    return text;
}

NewProjectDialog::NewProjectDialog(const NodeRegistry &registry, QWidget *parent)
    : QDialog(parent), m_registry(registry), m_look(registry), m_recognition(registry)
{
    setObjectName("newProject");
    setWindowTitle(tr("New project"));
    setAcceptDrops(true);

    auto *title = new QLabel(tr("What would you like to train?"));
    setTextRole(title, TextRole::Title);

    auto *cards = new QWidget;
    auto *gallery = new QGridLayout(cards);
    gallery->setContentsMargins(0, 0, 6, 0);
    gallery->setSpacing(12);
    int index = 0;
    for (const ProjectTemplate &entry : projectTemplates()) {
        auto *card = new TemplateCard(entry, m_registry);
        connect(card, &TemplateCard::toggled, this, [this, card](bool on) {
            if (on) {
                m_template = &card->shown();
                refresh();
            }
        });
        connect(card, &TemplateCard::doubleClicked, this, [this] {
            if (m_create->isEnabled())
                accept();
        });
        gallery->addWidget(card, index / kColumns, index % kColumns);
        m_cards.push_back(card);
        ++index;
    }

    auto *scroll = new QScrollArea;
    scroll->setObjectName("templateGallery");
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(cards);
    scroll->setMinimumWidth(cards->minimumSizeHint().width() + scroll->verticalScrollBar()->sizeHint().width());

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_create = buttons->addButton(tr("Create project"), QDialogButtonBox::AcceptRole);
    m_create->setObjectName("createProject");
    setPrimary(m_create, true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    m_summary = new QLabel;
    m_summary->setObjectName("folderSummary");
    m_summary->setWordWrap(true);
    m_summary->setMinimumHeight(m_summary->fontMetrics().height() * 2 + 4);
    m_summary->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_folderRow = makeFolderRow();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(14);
    column->addWidget(title);
    column->addWidget(scroll, 1);
    column->addWidget(m_folderRow);
    column->addWidget(m_summary);
    column->addWidget(buttons);
    const int wholeGallery = sizeHint().height() - scroll->sizeHint().height() + cards->sizeHint().height();
    resize(sizeHint().width(), std::min(wholeGallery, screen()->availableGeometry().height() - 64));
    m_create->setDefault(true); // the dialog hears of it only now that the button lies in it

    connect(&m_look, &DataLook::lookStarted, this, [this] { m_summary->setText(tr("Looking at the folder…")); });
    connect(&m_look, &DataLook::looked, this, [this](const SourceFacts &facts) {
        m_facts = facts;
        showFacts();
    });
    connect(&m_recognition, &FolderRecognition::recognised, this, [this](const QString &folder, const std::optional<DataChoice> &choice) {
        if (folder != m_recognised)
            return;
        m_choice = choice;
        refresh();
    });
    if (projectTemplates().size() > 1)
        m_cards[1]->setChecked(true);
    m_cards[m_cards.size() > 1 ? 1 : 0]->setFocus();
}

QWidget *NewProjectDialog::makeFolderRow()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    m_folder = new QLineEdit;
    m_folder->setObjectName("folderPath");
    m_folder->setClearButtonEnabled(true);
    auto *browseButton = new QPushButton(themedIcon("folder"), tr("Browse…"));
    browseButton->setObjectName("browseFolder");
    browseButton->setAutoDefault(false);
    line->addWidget(m_folder, 1);
    line->addWidget(browseButton);
    m_collect = new QPushButton(themedIcon("camera"), tr("Collect…"));
    m_collect->setObjectName("collectPictures");
    m_collect->setToolTip(tr("Takes pictures of your own with a camera, class by class"));
    m_collect->setAutoDefault(false);
    line->addWidget(m_collect);
    connect(m_collect, &QPushButton::clicked, this, &NewProjectDialog::collect);
    connect(browseButton, &QPushButton::clicked, this, &NewProjectDialog::browse);
    connect(m_folder, &QLineEdit::editingFinished, this, &NewProjectDialog::refresh);
    return row;
}

void NewProjectDialog::setFolder(const QString &folder)
{
    const bool table = QFileInfo(folder).isFile();
    if (!m_template || !m_template->needsFolder || takesTable() != table) {
        for (TemplateCard *card : m_cards) {
            if (card->shown().needsFolder && (card->shown().dataParam == "file") == table) {
                card->setChecked(true);
                break;
            }
        }
    }
    m_folder->setText(QDir::toNativeSeparators(folder));
    refresh();
}

QString NewProjectDialog::templateId() const
{
    return m_template ? QString::fromStdString(m_template->id) : QString();
}

std::string NewProjectDialog::chosenFolder() const
{
    const QString text = m_folder->text().trimmed();
    if (text.isEmpty())
        return {};
    return QFileInfo(QDir::fromNativeSeparators(text)).absoluteFilePath().toStdString();
}

Project NewProjectDialog::project() const
{
    Project project = makeProject(*m_template, m_registry);
    const std::string folder = m_template->needsFolder ? chosenFolder() : std::string();
    const NodeId source = findPipeline(project.graph, m_registry).source;
    if (!folder.empty() && m_choice && !takesTable())
        chooseData(project.graph, m_registry, source, *m_choice);
    else if (!folder.empty())
        project.graph.setParam(source, m_template->dataParam, folder);
    return project;
}

/// The folder is looked at before the project, whose source depends on it.
void NewProjectDialog::recognise()
{
    const QString folder = m_template->needsFolder && !takesTable() ? QString::fromStdString(chosenFolder()) : QString();
    if (folder == m_recognised)
        return;
    m_recognised = folder;
    m_choice.reset();
    if (!folder.isEmpty())
        m_recognition.start(folder);
}

void NewProjectDialog::browse()
{
    const QString before = QString::fromStdString(chosenFolder());
    const QString folder = takesTable()
        ? QFileDialog::getOpenFileName(this, tr("Choose a table"), before, tr("Tables (*.csv *.tsv *.tab *.txt *.data);;All files (*)"))
        : QFileDialog::getExistingDirectory(this, tr("Folder with one subfolder for each class"), before);
    if (!folder.isEmpty())
        setFolder(folder);
}

void NewProjectDialog::collect()
{
    const QString chosen = QString::fromStdString(chosenFolder());
    CollectDialog dialog(chosen.isEmpty() ? CollectDialog::usualFolder() : chosen, CollectDialog::Purpose::FillSource, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    m_recognised.clear(); // the same folder again: there is more in it now
    m_look.forget();
    setFolder(dialog.folder());
}

void NewProjectDialog::refresh()
{
    if (!m_template || !m_create)
        return;
    m_create->setEnabled(true);
    m_folder->setEnabled(m_template->needsFolder);
    m_folderRow->setEnabled(m_template->needsFolder);
    m_collect->setVisible(!takesTable());
    const bool sampleShips = !dataFolder(makeProject(*m_template, m_registry), m_registry).empty();
    m_folder->setPlaceholderText(!m_template->needsFolder ? tr("This template brings its data")
            : takesTable() ? tr("Drop a table here: a CSV file with a row for each sample")
            : sampleShips ? tr("Drop a folder here, or leave this empty for the sample pictures")
                          : tr("Drop a folder here: one subfolder for each class"));
    recognise();
    showFacts(); // the same data may be looked at already; a new look's answer replaces it
    m_look.look(project().graph);
}

void NewProjectDialog::showFacts()
{
    const SourceFacts &facts = m_facts;
    if (!facts.problem.empty()) {
        m_summary->setText(QString::fromStdString(facts.problem));
        return;
    }
    if (!facts.known && takesTable()) {
        m_summary->setText(tr("The table has a column to be learned from the others: what each column is for comes next. You can also choose it later."));
        return;
    }
    if (!facts.known) {
        m_summary->setText(m_template->needsFolder
                ? tr("The folder holds one subfolder for each class, with the pictures of that class. You can also choose it later.")
                : tr("Its data was not found on this machine: install Debian's dataset-fashion-mnist, or choose the folder later."));
        return;
    }
    qint64 total = 0;
    for (Split split : kAllSplits)
        total += facts.total(std::string(toString(split)));
    if (!facts.columns.empty()) {
        m_summary->setText(facts.learnsNumber ? tr("%1 rows: learns the number “%2”. What each column is for comes next.").arg(QLocale().toString(total), QString::fromStdString(facts.targetName))
                                              : tr("%1 rows: learns “%2”, %3. What each column is for comes next.").arg(QLocale().toString(total), QString::fromStdString(facts.targetName), classSummary(facts, 6)));
        return;
    }
    QString text = (facts.severalLabels ? tr("%1 labels, several per picture, %2 pictures: %3") : tr("%1 classes, %2 pictures: %3")).arg(facts.classCount()).arg(QLocale().toString(total), classSummary(facts, 10));
    const Inference inference = inferShapes(project().graph, m_registry, facts);
    if (!inference.issues.empty() && inference.issues.front().severity == Severity::Error)
        text = QString::fromStdString(inference.issues.front().text);
    m_summary->setText(text);
}

void NewProjectDialog::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedFolder(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void NewProjectDialog::dropEvent(QDropEvent *event)
{
    setFolder(droppedFolder(event->mimeData()));
    event->acceptProposedAction();
}

} // namespace netloom
