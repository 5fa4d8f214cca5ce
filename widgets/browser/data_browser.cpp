// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser/data_browser.h"

#include "browser/details_pane.h"
#include "browser/doctor_pane.h"
#include "browser/facet_list.h"
#include "browser/picture_grid.h"
#include "browser/thumbnails.h"
#include "panels/fact_rows.h"
#include "panels/param_form.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <ranges>

namespace netloom {

namespace {

constexpr int kAll = 0;
constexpr int kExcludedPart = 10;
constexpr int kRowsAhead = 2;
constexpr int kAugmentedColumns = 8;

} // namespace

void DataBrowser::buildGrid()
{
    m_grid = new PictureGrid;
    m_grid->setObjectName(QStringLiteral("pictureGrid"));
    setLook();
}

void DataBrowser::setLook()
{
    m_grid->setLook([this](int item) {
        PictureGrid::Look look;
        if (page() == Page::Augmented) {
            const Augmented &shown = m_augmented[std::size_t(item)];
            look.picture = &shown.picture;
            look.caption = shown.mixture.isEmpty() ? m_list.classText(m_list.samples[std::size_t(shown.sample)]) : shown.mixture;
            look.toolTip = shown.problem.isEmpty() ? toolTipOf(m_list.samples[std::size_t(shown.sample)]) : shown.problem;
            if (!shown.mixture.isEmpty())
                look.toolTip.prepend(shown.mixture + QLatin1Char('\n'));
            return look;
        }
        const SampleEntry &sample = m_list.samples[std::size_t(item)];
        look.picture = m_thumbnails.find(item);
        look.dimmed = sample.excluded && page() == Page::Doctor;
        look.dot = FacetList::splitColour(int(sample.split));
        look.toolTip = toolTipOf(sample);
        const auto sort = SampleSort(m_sort->currentData().toInt());
        if (page() == Page::Doctor)
            look.caption = m_list.classText(sample);
        else if (sort == SampleSort::Loss && sample.hasLoss())
            look.caption = QString::number(sample.loss, 'f', 2) + (sample.guess == sample.label || sample.guess < 0 ? QString() : QStringLiteral(" → ") + m_list.className(sample.guess));
        else if (sort == SampleSort::Bytes && sample.bytes >= 0)
            look.caption = byteText(sample.bytes);
        else if (sort == SampleSort::Pixels && sample.width > 0)
            look.caption = QStringLiteral("%1 × %2").arg(sample.width).arg(sample.height);
        else
            look.caption = sample.name.mid(sample.name.lastIndexOf('/') + 1);
        return look;
    });
}

QString DataBrowser::toolTipOf(const SampleEntry &sample) const
{
    QStringList lines{sample.name, m_list.classText(sample) + QStringLiteral(", ") + (sample.excluded ? tr("excluded") : splitTitle(sample.split))};
    if (sample.hasLoss() && sample.guess < 0)
        lines << tr("Loss %1").arg(locale().toString(sample.loss, 'f', 3));
    else if (sample.hasLoss())
        lines << tr("Loss %1, taken for %2").arg(locale().toString(sample.loss, 'f', 3), m_list.className(sample.guess));
    return lines.join('\n');
}

void DataBrowser::connectPanes()
{
    connect(m_pages, &QTabBar::currentChanged, this, [this](int page) { showPage(Page(page)); });
    connect(m_search, &QLineEdit::textChanged, this, &DataBrowser::refreshPictures);
    connect(m_sort, &QComboBox::activated, this, &DataBrowser::askForSort);
    connect(m_groups, &QComboBox::activated, this, [this] { keepSelection([this] { refreshPictures(); }); });
    connect(m_size, &QSlider::valueChanged, this, [this](int value) { m_grid->setPictureSide(value * 16); });
    connect(m_parts, &FacetList::chosen, this, &DataBrowser::refreshPictures);
    connect(m_classes, &FacetList::chosen, this, &DataBrowser::refreshPictures);
    connect(m_grid, &PictureGrid::visibleChanged, this, &DataBrowser::askForThumbnails);
    connect(m_grid, &PictureGrid::selectionChanged, this, &DataBrowser::showSelection);
    connect(m_grid, &PictureGrid::menuRequested, this, &DataBrowser::showMenu);
    connect(m_grid, &PictureGrid::activated, this, [this](int item) {
        if (page() != Page::Augmented)
            emit sampleRequested(item);
    });
    connect(&m_thumbnails, &Thumbnails::arrived, m_grid->viewport(), qOverload<>(&QWidget::update));
    connect(m_details, &DetailsPane::sampleRequested, this, [this] { emit sampleRequested(m_grid->selectedItems().front()); });
    connect(m_details, &DetailsPane::folderRequested, this, [this] { emit folderRequested(m_grid->selectedItems().front()); });
    connect(m_details, &DetailsPane::excludeRequested, this, &DataBrowser::excludeSelected);
    connect(m_doctor, &DoctorPane::shownChanged, this, &DataBrowser::showFindings);
    connect(m_doctor, &DoctorPane::excludeRequested, this, [this](const QStringList &names) { emit excludeRequested(names, true); });
}

DataBrowser::Page DataBrowser::page() const
{
    return m_pages ? Page(m_pages->currentIndex()) : Page::Pictures;
}

void DataBrowser::showPage(Page page)
{
    if (m_isTable)
        page = Page::Pictures; // the others are for pictures
    m_pages->setCurrentIndex(int(page));
    m_left->setVisible(page != Page::Augmented);
    m_left->setCurrentIndex(page == Page::Doctor ? 1 : 0);
    arrange();
    m_tools->setVisible(page == Page::Pictures);
    m_again->setVisible(page == Page::Augmented && !m_list.samples.empty());
    m_grid->setSections({});
    m_grid->setMostColumns(page == Page::Augmented ? kAugmentedColumns : 0);
    m_grid->setPictureSide(page == Page::Augmented ? kAugmentedSide : m_size->value() * 16);
    if (page == Page::Pictures) {
        refreshPictures();
    } else if (page == Page::Doctor) {
        showFindings();
    } else {
        showAugmented();
        if (m_augmented.empty() && !m_list.samples.empty())
            emit augmentedRequested();
    }
    emit pageShown(page);
}

void DataBrowser::focusSearch()
{
    if (page() != Page::Pictures)
        showPage(Page::Pictures);
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void DataBrowser::focusPictures()
{
    (m_isTable ? static_cast<QWidget *>(m_table) : m_grid)->setFocus(Qt::OtherFocusReason);
}

void DataBrowser::showSample(const QString &name)
{
    m_wanted = name;
    if (!m_list.samples.empty())
        showWanted();
}

/// The sample that was asked for, now that the data are there.
void DataBrowser::showWanted()
{
    if (m_wanted.isEmpty())
        return;
    const QString name = std::exchange(m_wanted, {});
    const auto found = m_byName.constFind(name);
    if (found == m_byName.cend()) {
        emit sampleMissing(name);
        return;
    }
    m_search->clear();
    m_parts->choose(m_list.samples[std::size_t(*found)].excluded ? kExcludedPart : kAll);
    m_classes->choose(kAll);
    showPage(Page::Pictures);
    if (showWantedRow(*found))
        return;
    for (int place = 0; place < m_grid->count(); ++place) {
        if (m_grid->itemAt(place) == *found)
            m_grid->setCurrent(place);
    }
    focusPictures();
}

int DataBrowser::pictureSide() const
{
    return m_size->value() * 16;
}

void DataBrowser::setSamples(SampleList list, bool hasFiles)
{
    m_isTable = false;
    adopt(std::move(list), hasFiles);
}

/// The samples with all that follows from them.
void DataBrowser::adopt(SampleList list, bool hasFiles)
{
    m_list = std::move(list);
    m_hasFiles = hasFiles;
    m_hasSizes = m_hasLosses = false;
    m_nothing.clear();
    m_byName.clear();
    m_byName.reserve(qsizetype(m_list.samples.size()));
    for (int index = 0; index < int(m_list.samples.size()); ++index)
        m_byName.insert(m_list.samples[std::size_t(index)].name, index);
    m_augmented.clear();
    if (!m_examined)
        m_doctor->setUnknown();
    m_doctor->setEnabled(!m_list.samples.empty());
    refreshFacets();
    const bool bySize = SampleSort(m_sort->currentData().toInt()) == SampleSort::Bytes || SampleSort(m_sort->currentData().toInt()) == SampleSort::Pixels;
    if (bySize && !m_isTable)
        emit sizesRequested();
    showPage(page());
    showWanted();
}

void DataBrowser::setNothing(const QString &sentence)
{
    m_list = {};
    m_isTable = false;
    m_byName.clear();
    m_augmented.clear();
    m_findings.clear();
    m_examined = false;
    m_nothing = sentence;
    m_doctor->setUnknown();
    m_doctor->setEnabled(false);
    setSplitParams({}, {});
    refreshFacets();
    showPage(page());
}

void DataBrowser::setExcluded(const QSet<QString> &names)
{
    bool changed = false;
    for (SampleEntry &sample : m_list.samples) {
        const bool excluded = names.contains(sample.name);
        changed |= excluded != sample.excluded;
        sample.excluded = excluded;
    }
    if (!changed)
        return;
    refreshFacets();
    if (page() == Page::Pictures) {
        const int place = m_grid->current();
        refreshPictures();
        if (place >= 0 && m_grid->count() > 0)
            m_grid->setCurrent(std::min(place, m_grid->count() - 1)); // goes on with the next one
    } else {
        m_grid->viewport()->update();
        showSelection();
    }
}

/// The parts with their counts, and the classes as bars.
void DataBrowser::refreshFacets()
{
    using Counts = FacetList::Counts;
    Counts all{}, excluded{};
    std::vector<Counts> classes(std::size_t(m_list.classNames.size()));
    for (const SampleEntry &sample : m_list.samples) {
        ++(sample.excluded ? excluded : all)[std::size_t(sample.split)];
        for (const std::int32_t label : m_list.labelsOf(sample)) {
            if (!sample.excluded && std::size_t(label) < classes.size())
                ++classes[std::size_t(label)][std::size_t(sample.split)];
        }
    }
    std::vector<FacetList::Row> parts{{tr("All parts"), kAll, all, false, {}}};
    for (const Split split : kAllSplits) {
        Counts own{};
        own[std::size_t(split)] = all[std::size_t(split)];
        parts.push_back({splitTitle(split), 1 + int(split), own, false, FacetList::splitColour(int(split))});
    }
    if (!m_isTable)
        parts.push_back({tr("Excluded"), kExcludedPart, excluded, false, {}});
    m_parts->setRows(parts);
    m_parts->fitRows(400);
    m_classesTitle->setText(m_list.severalLabels ? tr("Labels, several per picture") : tr("Classes"));
    m_classes->setAccessibleName(m_classesTitle->text());
    std::vector<FacetList::Row> rows{{m_list.severalLabels ? tr("All labels") : tr("All classes"), kAll, all, false, {}}};
    for (std::size_t label = 0; label < classes.size(); ++label)
        rows.push_back({m_list.classNames[qsizetype(label)], 1 + int(label), classes[label], true, {}});
    m_classes->setRows(rows);
    m_title->setText(m_list.samples.empty() ? tr("No pictures") : (m_isTable ? tr("%1 rows") : tr("%1 pictures")).arg(grouped(std::int64_t(m_list.samples.size()))));
}

SampleView DataBrowser::view() const
{
    SampleView view;
    const int part = m_parts->chosenKey();
    if (part == kExcludedPart)
        view.excluded = true;
    else if (part > kAll)
        view.split = Split(part - 1);
    if (const int label = m_classes->chosenKey(); label > kAll)
        view.label = label - 1;
    view.search = m_search->text().trimmed();
    view.sort = SampleSort(m_sort->currentData().toInt());
    view.groups = SampleGroups(m_groups->currentData().toInt());
    return view;
}

void DataBrowser::refreshPictures()
{
    if (page() != Page::Pictures)
        return;
    if (m_isTable)
        return refreshRows();
    if (m_list.samples.empty())
        m_grid->setEmptyText(QStringLiteral("image"), tr("No pictures to show"), m_nothing);
    else if (view().excluded)
        m_grid->setEmptyText(QStringLiteral("check"), tr("Nothing is excluded"), tr("Select pictures and press Del to leave them out. Their files stay as they are."));
    else
        m_grid->setEmptyText(QStringLiteral("search"), tr("No such pictures"), tr("Choose another part or class, or search for something else."));
    std::vector<PictureGrid::Section> sections;
    for (SampleGroup &group : arrangeSamples(m_list, view()))
        sections.push_back({group.title, {}, std::move(group.samples)});
    m_grid->setSections(std::move(sections));
}

void DataBrowser::keepSelection(const std::function<void()> &change)
{
    const std::vector<int> selected = m_grid->selectedItems();
    change();
    m_grid->selectItems(selected);
}

void DataBrowser::askForSort()
{
    const auto sort = SampleSort(m_sort->currentData().toInt());
    if ((sort == SampleSort::Bytes || sort == SampleSort::Pixels) && !m_hasSizes)
        emit sizesRequested();
    if (sort == SampleSort::Loss && !m_hasLosses)
        emit lossesRequested();
    keepSelection([this] { refreshPictures(); });
}

void DataBrowser::setSizes(const std::vector<Size> &sizes)
{
    for (std::size_t index = 0; index < std::min(sizes.size(), m_list.samples.size()); ++index) {
        m_list.samples[index].bytes = sizes[index].bytes;
        m_list.samples[index].width = sizes[index].width;
        m_list.samples[index].height = sizes[index].height;
    }
    m_hasSizes = true;
    keepSelection([this] { refreshPictures(); });
}

void DataBrowser::setLosses(const std::vector<std::optional<Loss>> &losses)
{
    for (std::size_t index = 0; index < m_list.samples.size(); ++index) {
        const bool known = index < losses.size() && losses[index];
        m_list.samples[index].loss = known ? losses[index]->loss : std::numeric_limits<double>::quiet_NaN();
        m_list.samples[index].guess = known ? losses[index]->guess : -1;
    }
    m_hasLosses = !losses.empty();
    keepSelection([this] { refreshPictures(); });
}

void DataBrowser::setHasRun(bool hasRun)
{
    const int row = m_sort->findData(int(SampleSort::Loss));
    if (hasRun && row < 0)
        m_sort->addItem(tr("Highest loss first"), int(SampleSort::Loss));
    else if (!hasRun && row >= 0)
        m_sort->removeItem(row);
    if (m_hasLosses)
        setLosses({}); // of an older run
    if (hasRun && SampleSort(m_sort->currentData().toInt()) == SampleSort::Loss)
        emit lossesRequested();
}

void DataBrowser::setDetails(int sample, const QImage &picture, const Size &size)
{
    const std::vector<int> selected = m_grid->selectedItems();
    if (page() == Page::Augmented || selected.size() != 1 || selected.front() != sample)
        return;
    SampleEntry &entry = m_list.samples[std::size_t(sample)];
    entry.bytes = size.bytes;
    entry.width = size.width;
    entry.height = size.height;
    m_details->setSelection(m_list, selected, m_hasFiles);
    m_details->setPicture(picture);
}

void DataBrowser::showSelection()
{
    if (page() == Page::Augmented)
        return;
    const std::vector<int> selected = m_grid->selectedItems();
    m_details->setPicture({});
    m_details->setSelection(m_list, selected, m_hasFiles);
    if (selected.size() == 1)
        emit detailsRequested(selected.front(), int(DetailsPane::kPicture * devicePixelRatioF()));
}

void DataBrowser::setSplitParams(const std::vector<ParamDecl> &decls, const Params &params)
{
    const auto same = [](const ParamDecl &left, const ParamDecl &right) { return left.name == right.name && left.docText == right.docText; };
    if (!std::ranges::equal(decls, m_splitDecls, same) || !m_splitForm) {
        m_splitDecls = decls;
        delete m_splitForm;
        m_splitForm = new ParamForm(decls, ParamForm::Help::ToolTip);
        m_splitColumn->addWidget(m_splitForm);
        connect(m_splitForm, &ParamForm::valueEdited, this, &DataBrowser::splitParamEdited);
    }
    m_splitBox->setVisible(!decls.empty());
    if (decls.empty())
        return;
    m_splitForm->setValues(params);
    const bool byFolds = params.has("split") && params.text("split") == "k-fold";
    m_splitForm->setAvailable("val_fraction", !byFolds, tr("k-fold takes one of the folds for validation"));
    for (const char *name : {"folds", "fold"})
        m_splitForm->setAvailable(name, byFolds, tr("For k-fold only"));
}

void DataBrowser::setAugmented(std::vector<Augmented> pictures, const QString &problem)
{
    m_augmented = std::move(pictures);
    m_augmentedProblem = problem;
    if (page() == Page::Augmented)
        showAugmented();
}

void DataBrowser::showAugmented()
{
    m_grid->setEmptyText(QStringLiteral("image"), m_list.samples.empty() ? tr("No pictures to show") : m_augmentedProblem.isEmpty() ? tr("One moment") : tr("They can't be made"),
        m_list.samples.empty() ? m_nothing : m_augmentedProblem);
    if (m_augmented.empty()) {
        m_grid->setSections({});
        return;
    }
    std::vector<int> items(m_augmented.size());
    std::ranges::copy(std::views::iota(0, int(items.size())), items.begin());
    m_grid->setSections({{tr("A batch as in training"), tr("Random pictures of the training part, after all transforms with their random choices. Normalize alone is left out, since its numbers are no colours."), items}});
}

void DataBrowser::setBusy(const QString &text)
{
    m_busy->setText(text);
    m_stop->setVisible(!text.isEmpty());
}

void DataBrowser::setFindings(const DataFindings &findings)
{
    m_findings = findings;
    m_examined = true;
    m_pages->setTabText(int(Page::Doctor), findings.empty() ? tr("Doctor") : tr("Doctor (%1)").arg(findings.size()));
    m_doctor->setFindings(findings, m_cures);
    m_doctor->setCuresTaken(m_curesTaken);
}

void DataBrowser::setCures(const QStringList &offered, const QStringList &taken)
{
    m_cures = offered;
    m_curesTaken = taken;
    m_doctor->setCuresTaken(taken);
}

void DataBrowser::showFindings()
{
    if (page() != Page::Doctor)
        return;
    m_grid->setEmptyText(m_examined ? QStringLiteral("check") : QStringLiteral("search"), m_examined ? tr("Nothing to show") : tr("Not examined yet"),
        m_examined ? tr("The doctor found no pictures to look at here.") : tr("Press “Examine the data”; the pictures that need a look are then shown here."));
    std::vector<PictureGrid::Section> sections;
    for (const DataFinding &finding : m_findings) {
        if (finding.trouble != m_doctor->shown() || finding.samples.empty())
            continue;
        std::vector<int> items;
        for (const std::string &name : finding.samples) {
            if (const auto found = m_byName.find(QString::fromStdString(name)); found != m_byName.end())
                items.push_back(*found);
        }
        sections.push_back({DoctorPane::title(finding.trouble), QString::fromStdString(finding.text), std::move(items)});
    }
    m_grid->setSections(std::move(sections));
}

void DataBrowser::askForThumbnails()
{
    if (page() != Page::Augmented)
        m_thumbnails.want(m_grid->visibleItems(kRowsAhead), int(m_grid->pictureSide() * devicePixelRatioF()));
}

void DataBrowser::excludeSelected()
{
    const std::vector<int> selected = m_grid->selectedItems();
    if (selected.empty() || page() == Page::Augmented)
        return;
    const bool back = std::ranges::all_of(selected, [&](int item) { return m_list.samples[std::size_t(item)].excluded; });
    QStringList names;
    for (const int item : selected)
        names << m_list.samples[std::size_t(item)].name;
    emit excludeRequested(names, !back);
}

void DataBrowser::showMenu(const QPoint &position)
{
    const std::vector<int> selected = m_grid->selectedItems();
    if (page() == Page::Augmented || selected.empty())
        return;
    const bool back = std::ranges::all_of(selected, [&](int item) { return m_list.samples[std::size_t(item)].excluded; });
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("sampleMenu"));
    if (selected.size() == 1) {
        menu.addAction(tr("Use as sample for previews"), this, [this, selected] { emit sampleRequested(selected.front()); });
        if (m_hasFiles)
            menu.addAction(themedIcon(QStringLiteral("folder")), tr("Show in folder"), this, [this, selected] { emit folderRequested(selected.front()); });
        menu.addSeparator();
    }
    menu.addAction(back ? tr("Take back") : tr("Exclude"), this, &DataBrowser::excludeSelected);
    menu.exec(position);
}

bool DataBrowser::event(QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return QWidget::event(event);
    auto *key = static_cast<QKeyEvent *>(event);
    const bool inGrid = m_grid->hasFocus();
    const bool isDelete = inGrid && (key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace) && key->modifiers() == Qt::NoModifier;
    const bool isFind = key->matches(QKeySequence::Find);
    const bool isBack = key->key() == Qt::Key_Escape;
    const bool isLarger = inGrid && (key->matches(QKeySequence::ZoomIn) || key->key() == Qt::Key_Plus);
    const bool isSmaller = inGrid && (key->matches(QKeySequence::ZoomOut) || key->key() == Qt::Key_Minus);
    if (!isDelete && !isFind && !isBack && !isLarger && !isSmaller)
        return QWidget::event(event);
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // before the window's shortcut of the same key
        return true;
    }
    if (isDelete)
        excludeSelected();
    else if (isFind)
        focusSearch();
    else if (isBack)
        m_search->hasFocus() && !m_search->text().isEmpty() ? m_search->clear() : emit backRequested();
    else
        m_size->setValue(m_size->value() + (isLarger ? 1 : -1));
    return true;
}

void DataBrowser::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_parts) {
        refreshFacets();
        update();
    }
}

} // namespace netloom
