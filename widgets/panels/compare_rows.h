// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/comparison.h"

class QTreeWidget;
class QTreeWidgetItem;

namespace netloom {

class Document;

// What a row of the comparison holds besides its texts.
constexpr int kDocumentNodeRole = Qt::UserRole;     ///< the id of a node of the document; 0 for none
constexpr int kRemovedNodeRole = Qt::UserRole + 1;  ///< the id of a node that only the other project has; 0 for none
constexpr int kAsideRole = Qt::UserRole + 2;        ///< muted, at the row's right end: the node's type
constexpr int kKeyRole = Qt::UserRole + 3;          ///< what the row is about, the same after an edit

/// Fills @p tree with what @p comparison finds: a group each for what was added, removed and changed, for wires and for the recipe. Which
/// rows are open and which is the current one stays, as far as they are still there.
void fillCompareRows(QTreeWidget &tree, const Document &document, const Comparison &comparison);

/// Paints the rows: what lies aside at the right, the rest as the style does.
void setUpCompareTree(QTreeWidget &tree);

} // namespace netloom
