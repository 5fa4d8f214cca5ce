// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser/data_browser.h"

#include "browser/details_pane.h"
#include "browser/doctor_pane.h"
#include "browser/filter_pane.h"
#include "browser/picture_grid.h"
#include "browser/thumbnails.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSlider>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace netloom {

void DataBrowser::buildGrid()
{
    m_grid = new PictureGrid;
    m_grid->setObjectName(QStringLiteral("pictureGrid"));
    setLook();
}

void DataBrowser::connectPanes()
{
    connect(m_pages, &QTabBar::currentChanged, this, [this](int page) { showPage(Page(page)); });
    connect(m_search, &QLineEdit::textChanged, this, &DataBrowser::refreshPictures);
    connect(m_sort, &QComboBox::activated, this, &DataBrowser::askForSort);
    connect(m_groups, &QComboBox::activated, this, [this] { keepSelection([this] { refreshPictures(); }); });
    connect(m_size, &QSlider::valueChanged, this, [this](int value) { m_grid->setPictureSide(value * 16); });
    connect(m_filters, &FilterPane::chosen, this, &DataBrowser::refreshPictures);
    connect(m_filters, &FilterPane::splitParamEdited, this, &DataBrowser::splitParamEdited);
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
    m_filters->chooseAll(m_list.samples[std::size_t(*found)].excluded);
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
    m_filters->setSamples(m_list, m_isTable);
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
    m_filters->setSamples(m_list, m_isTable);
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
    m_filters->setSamples(m_list, m_isTable);
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
    m_filters->setSplitParams(decls, params);
}

void DataBrowser::setBusy(const QString &text)
{
    m_busy->setText(text);
    m_stop->setVisible(!text.isEmpty());
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
    if (event->type() == QEvent::PaletteChange && m_filters) {
        m_filters->setSamples(m_list, m_isTable);
        update();
    }
}

} // namespace netloom
