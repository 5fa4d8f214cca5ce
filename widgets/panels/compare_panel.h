// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "document/comparison.h"
#include "document/document.h"

class QLabel;
class QStackedWidget;
class QTreeWidget;
class QTreeWidgetItem;

namespace netloom {

/// How the document differs from what it is compared with: what was added, removed and changed, and the parameters side by side. Follows
/// every edit.
class ComparePanel : public QWidget {
    Q_OBJECT
public:
    explicit ComparePanel(Document &document, QWidget *parent = nullptr);

signals:
    void nodeRequested(netloom::NodeId node);    ///< of the document; the receiver selects and shows it
    void removedRequested(netloom::NodeId node); ///< of the other project; the receiver shows where it was
    void compareRequested();                     ///< with something else

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void refresh();
    void fill();
    void showSelection();
    void request(QTreeWidgetItem *item);
    QString summary() const;

    Document &m_document;
    QLabel *m_title = nullptr;
    QLabel *m_summary = nullptr;
    QStackedWidget *m_pages = nullptr;
    QTreeWidget *m_tree = nullptr;
    // What the rows show.
    GraphDiff m_shown;
    std::vector<ValueDiff> m_shownRecipe;
    bool m_filled = false;
};

} // namespace netloom
