// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_registry.h"

#include <QString>
#include <QWidget>

#include <set>

class QLabel;
class QLineEdit;
class QListWidgetItem;
class QMimeData;

namespace netloom {

class PaletteList;

/// The catalogue: node types by category, searched by name and synonym, dragged onto the canvas.
class PalettePanel : public QWidget {
    Q_OBJECT
public:
    explicit PalettePanel(const NodeRegistry &registry, QWidget *parent = nullptr);

    /// Puts the cursor into the search field and selects its text.
    void focusSearch();

    /// What a drag of @p type carries.
    static QMimeData *mimeDataFor(const QString &type);

signals:
    /// Double click, or Enter in search or list: the receiver adds a node of that type.
    void nodeActivated(const QString &type);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void fillByCategory();
    void activateItem(QListWidgetItem *item);
    void foldOrUnfold(QListWidgetItem *item);
    bool moveInList(int key);

    const NodeRegistry &m_registry;
    std::set<Category> m_collapsed;
    QLineEdit *m_search = nullptr;
    PaletteList *m_list = nullptr;
    QLabel *m_nothing = nullptr;
};

} // namespace netloom
