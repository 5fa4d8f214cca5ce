// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_spec.h"

#include <QListWidget>

class QMimeData;

namespace netloom {

/// The palette's list: category headings that fold, and node types that can be dragged.
class PaletteList : public QListWidget {
    Q_OBJECT
public:
    enum Role { TypeRole = Qt::UserRole, CategoryRole, FoldedRole };

    explicit PaletteList(QWidget *parent = nullptr);

    void addHeading(Category category, int count, bool folded);
    void addNodeType(const NodeSpec &spec);

    static bool isHeading(const QListWidgetItem *item) { return item && !item->data(TypeRole).isValid(); }
    static Category categoryOf(const QListWidgetItem *item) { return Category(item->data(CategoryRole).toInt()); }

protected:
    void startDrag(Qt::DropActions actions) override;
    void changeEvent(QEvent *event) override;
};

} // namespace netloom
