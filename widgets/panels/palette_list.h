// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_spec.h"
#include "plots/graph_picture.h"

#include <QListWidget>

#include <memory>

class QMimeData;

namespace netloom {

/// The palette's list: headings that fold their sections, node types and blocks that can be dragged, and what is to be said of a section.
class PaletteList : public QListWidget {
    Q_OBJECT
public:
    enum class Row { Heading, Type, Block, Fault, Hint };
    enum Role { RowRole = Qt::UserRole, NameRole, CategoryRole, SectionRole, FoldedRole, DocRole, PictureRole };
    using Picture = std::shared_ptr<const GraphPicture>;

    explicit PaletteList(QWidget *parent = nullptr);

    /// @p section is what sectionOf() gives for the heading; @p toolTip says what a click does.
    void addHeading(const QString &title, int section, bool folded, const QString &toolTip);
    void addNodeType(const NodeSpec &spec);
    /// A block of a library with a picture of its inside; @p note, if any, says what is odd about it.
    void addBlock(const NodeSpec &spec, Picture picture, const QString &note = {});
    /// A block that can't be used.
    void addFault(const QString &name, const QString &reason);
    /// A muted sentence where a section has nothing else.
    void addHint(const QString &text);

    static Row rowOf(const QListWidgetItem *item) { return Row(item->data(RowRole).toInt()); }
    static bool isHeading(const QListWidgetItem *item) { return item && rowOf(item) == Row::Heading; }
    /// Whether it can be added to a graph.
    static bool isAddable(const QListWidgetItem *item) { return item && (rowOf(item) == Row::Type || rowOf(item) == Row::Block); }
    static QString nameOf(const QListWidgetItem *item) { return item->data(NameRole).toString(); }
    static int sectionOf(const QListWidgetItem *item) { return item->data(SectionRole).toInt(); }

protected:
    void startDrag(Qt::DropActions actions) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    QListWidgetItem *addRow(Row row, const QString &text);
};

} // namespace netloom
