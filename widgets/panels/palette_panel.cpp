// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/palette_panel.h"

#include "document/node_search.h"
#include "document/node_type_mime.h"
#include "document/own_blocks.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <vector>

namespace netloom {

namespace {

// Sections beside the categories, which go by their number.
constexpr int kGroups = 100; ///< the first of a category's groups
constexpr int kShippedBlocks = 1000;
constexpr int kOwnBlocks = 1001;

} // namespace

PalettePanel::PalettePanel(const NodeRegistry &registry, const OwnBlocks *ownBlocks, QWidget *parent)
    : QWidget(parent), m_catalogue(registry, ownBlocks), m_ownBlocks(ownBlocks)
{
    setObjectName("palette");
    m_search = new QLineEdit(this);
    m_search->setObjectName("paletteSearch");
    m_search->setPlaceholderText(tr("Search layers and data"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_search->addAction(themedIcon("search"), QLineEdit::LeadingPosition)->setText(tr("Search"));
    m_search->installEventFilter(this);
    m_list = new PaletteList(this);
    m_list->setObjectName("paletteList");
    m_list->setAccessibleName(tr("Node types"));
    m_list->installEventFilter(this);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_nothing = new QLabel(this);
    m_nothing->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_nothing->setWordWrap(true);
    m_nothing->setContentsMargins(16, 24, 16, 0);
    setTextRole(m_nothing, TextRole::Muted);
    m_nothing->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *searchRow = new QVBoxLayout;
    searchRow->setContentsMargins(10, 10, 10, 8);
    searchRow->addWidget(m_search);
    layout->addLayout(searchRow);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_nothing, 1);

    connect(m_search, &QLineEdit::textChanged, this, &PalettePanel::fill);
    connect(m_list, &QListWidget::itemClicked, this, &PalettePanel::foldOrUnfold);
    connect(m_list, &QListWidget::itemDoubleClicked, this, &PalettePanel::activateItem);
    connect(m_list, &QListWidget::customContextMenuRequested, this, &PalettePanel::requestMenu);
    if (m_ownBlocks)
        connect(m_ownBlocks, &OwnBlocks::changed, this, &PalettePanel::refill);
    fill();
}

QMimeData *PalettePanel::mimeDataFor(const QString &type)
{
    auto *data = new QMimeData;
    data->setData(kNodeTypeMime, type.toUtf8());
    return data;
}

void PalettePanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void PalettePanel::showOwnBlock(const QString &name)
{
    m_collapsed.erase(kOwnBlocks);
    m_search->clear();
    fill();
    for (int row = m_list->count() - 1; row >= 0; --row) { // own blocks come last
        QListWidgetItem *item = m_list->item(row);
        if (isOwn(item) && PaletteList::nameOf(item) == name) {
            m_list->setCurrentItem(item);
            m_list->scrollToItem(item);
            return;
        }
    }
}

void PalettePanel::fill()
{
    m_list->clear();
    const QString query = m_search->text().trimmed();
    if (query.isEmpty()) {
        fillBySection();
    } else {
        for (const NodeSpec *spec : searchNodes(m_catalogue, query))
            addSpec(*spec);
        m_list->setCurrentRow(0);
    }
    const bool nothing = m_list->count() == 0;
    m_nothing->setText(query.isEmpty() ? tr("There are no node types.") : tr("Nothing answers “%1”.\nTry another word, such as “convolution”.").arg(query));
    m_nothing->setVisible(nothing);
    m_list->setVisible(!nothing);
}

/// After the own blocks have changed: what is chosen and in view stays.
void PalettePanel::refill()
{
    m_pictures.clear();
    const QListWidgetItem *current = m_list->currentItem();
    const QString chosen = current ? PaletteList::nameOf(current) : QString();
    const int scrolled = m_list->verticalScrollBar()->value();
    fill();
    for (int row = 0; row < m_list->count() && !chosen.isEmpty(); ++row) {
        if (PaletteList::nameOf(m_list->item(row)) == chosen) {
            m_list->setCurrentRow(row);
            break;
        }
    }
    m_list->doItemsLayout();
    m_list->verticalScrollBar()->setValue(scrolled);
}

void PalettePanel::fillBySection()
{
    struct Section {
        QString title;
        int id;
        std::vector<const NodeSpec *> specs;
    };
    std::vector<Section> sections;
    const auto sectionOf = [&sections](const QString &title, int id) -> Section & {
        const auto found = std::ranges::find(sections, title, &Section::title);
        return found != sections.end() ? *found : sections.emplace_back(title, id);
    };
    for (Category category : allCategories()) {
        sectionOf(QString::fromStdString(toString(category)), int(category)); // comes before its groups
        for (const auto &spec : m_catalogue.registry().all()) {
            if (spec->category != category || m_catalogue.isBlock(QString::fromStdString(spec->type)))
                continue;
            const std::string title = spec->group.empty() ? toString(category) : spec->group;
            sectionOf(QString::fromStdString(title), kGroups + int(sections.size())).specs.push_back(spec.get());
        }
    }
    for (const auto &spec : m_catalogue.registry().all()) {
        if (m_catalogue.isBlock(QString::fromStdString(spec->type)))
            sectionOf(tr("Ready-made blocks"), kShippedBlocks).specs.push_back(spec.get());
    }
    for (const Section &section : sections) {
        if (section.specs.empty() || !addHeading(section.title, section.id, int(section.specs.size())))
            continue;
        for (const NodeSpec *spec : section.specs)
            addSpec(*spec);
    }
    if (m_ownBlocks)
        fillOwnBlocks();
}

void PalettePanel::fillOwnBlocks()
{
    const auto count = m_ownBlocks->entries().size() + m_ownBlocks->faults().size();
    if (!addHeading(tr("My blocks"), kOwnBlocks, int(count)))
        return;
    for (const auto &entry : m_ownBlocks->entries())
        addSpec(entry->spec);
    for (const OwnBlocks::Fault &fault : m_ownBlocks->faults())
        m_list->addFault(fault.name, fault.reason);
    if (count == 0)
        m_list->addHint(tr("Right-click a block on the canvas and choose “Save to My Blocks…” to use it in other projects, too."));
}

/// Whether the section is unfolded.
bool PalettePanel::addHeading(const QString &title, int section, int count)
{
    const bool folded = m_collapsed.contains(section);
    m_list->addHeading(title, section, folded, count == 1 ? (folded ? tr("Show 1 entry") : tr("Hide 1 entry")) : (folded ? tr("Show %1 entries") : tr("Hide %1 entries")).arg(count));
    return !folded;
}

void PalettePanel::addSpec(const NodeSpec &spec)
{
    const QString name = QString::fromStdString(spec.type);
    if (!m_catalogue.isBlock(name)) {
        m_list->addNodeType(spec);
        return;
    }
    PaletteList::Picture &picture = m_pictures[name];
    if (!picture)
        picture = std::make_shared<const GraphPicture>(GraphPicture::ofBlock(*m_catalogue.blockOf(name), m_catalogue.registry()));
    const OwnBlocks::Entry *own = m_ownBlocks ? m_ownBlocks->find(name) : nullptr;
    m_list->addBlock(spec, picture, own ? own->note : QString());
}

bool PalettePanel::isOwn(const QListWidgetItem *item) const
{
    if (!item || !m_ownBlocks)
        return false;
    return PaletteList::rowOf(item) == PaletteList::Row::Fault || m_catalogue.isOwnBlock(PaletteList::nameOf(item));
}

void PalettePanel::activateItem(QListWidgetItem *item)
{
    if (PaletteList::isAddable(item))
        emit nodeActivated(PaletteList::nameOf(item));
    else if (isOwn(item))
        emit messageRequested(item->data(PaletteList::DocRole).toString());
}

void PalettePanel::foldOrUnfold(QListWidgetItem *item)
{
    if (!PaletteList::isHeading(item))
        return;
    const int section = PaletteList::sectionOf(item);
    const int row = m_list->row(item);
    if (!m_collapsed.erase(section))
        m_collapsed.insert(section);
    fill();
    m_list->setCurrentRow(row, QItemSelectionModel::NoUpdate);
}

void PalettePanel::requestMenu(QPoint point)
{
    const QListWidgetItem *item = m_list->itemAt(point);
    const bool isSection = item && (PaletteList::rowOf(item) == PaletteList::Row::Hint
        || (PaletteList::isHeading(item) && PaletteList::sectionOf(item) == kOwnBlocks));
    if (m_ownBlocks && (isSection || isOwn(item)))
        emit ownBlockMenuRequested(isSection ? QString() : PaletteList::nameOf(item), m_list->viewport()->mapToGlobal(point));
}

/// F2 and Del in the list.
bool PalettePanel::actOnOwnBlock(int key)
{
    const QListWidgetItem *item = m_list->currentItem();
    if ((key != Qt::Key_F2 && key != Qt::Key_Delete) || !isOwn(item))
        return false;
    const QString name = PaletteList::nameOf(item);
    if (key == Qt::Key_F2)
        emit ownBlockRenameRequested(name);
    else
        emit ownBlockDeleteRequested(name);
    return true;
}

/// Arrow keys of the search field move the selection of the list.
bool PalettePanel::moveInList(int key)
{
    if (key != Qt::Key_Down && key != Qt::Key_Up)
        return false;
    const int step = key == Qt::Key_Down ? 1 : -1;
    for (int row = m_list->currentRow() + step; row >= 0 && row < m_list->count(); row += step) {
        if (m_list->item(row)->flags().testFlag(Qt::ItemIsSelectable)) {
            m_list->setCurrentRow(row);
            break;
        }
    }
    return true;
}

bool PalettePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (enter) {
        QListWidgetItem *item = m_list->currentItem();
        if (PaletteList::isHeading(item))
            foldOrUnfold(item);
        else if (watched == m_list || !m_search->text().trimmed().isEmpty())
            activateItem(item);
        return true;
    }
    if (watched == m_search && key == Qt::Key_Escape && !m_search->text().isEmpty()) {
        m_search->clear();
        return true;
    }
    if (watched == m_search && moveInList(key))
        return true;
    if (watched == m_list && actOnOwnBlock(key))
        return true;
    return QWidget::eventFilter(watched, event);
}

} // namespace netloom
