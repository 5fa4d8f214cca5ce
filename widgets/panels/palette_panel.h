// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget> // first: moc of Qt 6.4 stumbles over <compare> when it comes before

#include "document/node_catalogue.h"
#include "panels/palette_list.h"

#include <QString>

#include <map>
#include <set>

class QLabel;
class QLineEdit;
class QMimeData;

namespace netloom {

/// The catalogue: node types by category, the blocks that ship with the program and the user's own ones, searched by name and synonym,
/// dragged onto the canvas.
class PalettePanel : public QWidget {
    Q_OBJECT
public:
    /// @p ownBlocks, if any, outlives the panel.
    explicit PalettePanel(const NodeRegistry &registry, const OwnBlocks *ownBlocks = nullptr, QWidget *parent = nullptr);

    /// Puts the cursor into the search field and selects its text.
    void focusSearch();
    /// Ends a search, unfolds "My blocks" and selects the block @p name there.
    void showOwnBlock(const QString &name);

    /// What a drag of @p type carries.
    static QMimeData *mimeDataFor(const QString &type);

signals:
    /// Double click, or Enter in search or list: the receiver adds a node of that type.
    void nodeActivated(const QString &type);
    void messageRequested(const QString &text); ///< a sentence for the status bar
    /// A menu for the own block, or the broken file, @p name; for "My blocks" as a whole where that is "".
    void ownBlockMenuRequested(const QString &name, const QPoint &globalPoint);
    void ownBlockRenameRequested(const QString &name); ///< F2
    void ownBlockDeleteRequested(const QString &name); ///< Del

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void refill();
    void fillBySection();
    void fillOwnBlocks();
    bool addHeading(const QString &title, int section, int count);
    void addSpec(const NodeSpec &spec);
    bool isOwn(const QListWidgetItem *item) const;
    void activateItem(QListWidgetItem *item);
    void foldOrUnfold(QListWidgetItem *item);
    bool moveInList(int key);
    bool actOnOwnBlock(int key);
    void requestMenu(QPoint point);

    NodeCatalogue m_catalogue;
    const OwnBlocks *m_ownBlocks;
    std::set<int> m_collapsed; ///< sections
    std::map<QString, PaletteList::Picture> m_pictures;
    QLineEdit *m_search = nullptr;
    PaletteList *m_list = nullptr;
    QLabel *m_nothing = nullptr;
};

} // namespace netloom
