// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/palette_panel.h"

#include "document/node_search.h"
#include "document/node_type_mime.h"
#include "panels/palette_list.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

PalettePanel::PalettePanel(const NodeRegistry &registry, QWidget *parent) : QWidget(parent), m_registry(registry)
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
    connect(m_list, &QListWidget::itemDoubleClicked, this, [this](QListWidgetItem *item) {
        if (!PaletteList::isHeading(item))
            activateItem(item);
    });
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

void PalettePanel::fill()
{
    m_list->clear();
    const QString query = m_search->text().trimmed();
    if (query.isEmpty()) {
        fillByCategory();
    } else {
        for (const NodeSpec *spec : searchNodes(m_registry, query))
            m_list->addNodeType(*spec);
        m_list->setCurrentRow(0);
    }
    const bool nothing = m_list->count() == 0;
    m_nothing->setText(query.isEmpty() ? tr("There are no node types.") : tr("Nothing answers “%1”.\nTry another word, such as “convolution”.").arg(query));
    m_nothing->setVisible(nothing);
    m_list->setVisible(!nothing);
}

void PalettePanel::fillByCategory()
{
    for (Category category : allCategories()) {
        const auto inCategory = [category](const auto &spec) { return spec->category == category; };
        const auto count = std::ranges::count_if(m_registry.all(), inCategory);
        if (count == 0)
            continue;
        const bool folded = m_collapsed.contains(category);
        m_list->addHeading(category, int(count), folded);
        if (folded)
            continue;
        for (const auto &spec : m_registry.all()) {
            if (inCategory(spec))
                m_list->addNodeType(*spec);
        }
    }
}

void PalettePanel::activateItem(QListWidgetItem *item)
{
    if (item && !PaletteList::isHeading(item))
        emit nodeActivated(item->data(PaletteList::TypeRole).toString());
}

void PalettePanel::foldOrUnfold(QListWidgetItem *item)
{
    if (!PaletteList::isHeading(item))
        return;
    const Category category = PaletteList::categoryOf(item);
    const int row = m_list->row(item);
    if (!m_collapsed.erase(category))
        m_collapsed.insert(category);
    fill();
    m_list->setCurrentRow(row, QItemSelectionModel::NoUpdate);
}

/// Arrow keys of the search field move the selection of the list.
bool PalettePanel::moveInList(int key)
{
    if (key != Qt::Key_Down && key != Qt::Key_Up)
        return false;
    const int step = key == Qt::Key_Down ? 1 : -1;
    for (int row = m_list->currentRow() + step; row >= 0 && row < m_list->count(); row += step) {
        if (!PaletteList::isHeading(m_list->item(row))) {
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
    return QWidget::eventFilter(watched, event);
}

} // namespace netloom
