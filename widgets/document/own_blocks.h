// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject> // first: moc of Qt 6.4 stumbles over <compare> when it comes before

#include "graph/node_registry.h"
#include "project/saved_block.h"

#include <QFileSystemWatcher>
#include <QString>
#include <QTimer>

#include <memory>
#include <vector>

namespace netloom {

/// The user's own blocks, "My blocks": one file for each in a folder, which is followed, so that what another window of the program, or
/// the file manager, does there shows up here. A block goes by its file's name.
class OwnBlocks : public QObject {
    Q_OBJECT
public:
    struct Entry {
        QString name;
        NodeSpec spec; ///< what search and palette show of it: its type is the name
        SavedBlock block;
        QString note;  ///< what was odd about the file, a sentence; mostly empty
    };
    /// A file that can't be used.
    struct Fault {
        QString name;
        QString reason; ///< which file, why, and how to mend it
        friend bool operator==(const Fault &, const Fault &) = default;
    };

    OwnBlocks(const NodeRegistry &registry, const QString &folder, QObject *parent = nullptr);

    const NodeRegistry &registry() const { return m_registry; }
    const QString &folder() const { return m_folder; }
    QString fileOf(const QString &name) const;

    /// In the order of their names.
    const std::vector<std::unique_ptr<const Entry>> &entries() const { return m_entries; }
    const std::vector<Fault> &faults() const { return m_faults; }
    const Entry *find(const QString &name) const;
    /// Whether a file has this name, a broken one as well.
    bool isTaken(const QString &name) const;

    /// Why no block can be called so; empty where one can.
    QString nameProblem(const QString &name) const;
    /// "residual", or "residual_2" where that is taken: what a block from elsewhere can be called.
    QString freeName(const QString &wish) const;

    // Each writes to the folder, and the list follows at once. The error says why it could not be done.
    /// Keeps @p block as @p name, in the place of what is called so already.
    Result<Done> save(const QString &name, SavedBlock block);
    /// Another name and another doc; what is called @p name already gives way.
    Result<Done> rename(const QString &from, const QString &name, const QString &doc);
    Result<Done> remove(const QString &name);
    /// Reads a file from elsewhere and keeps it under a free name, which it gives.
    Result<QString> import(const QString &file);
    Result<Done> exportTo(const QString &name, const QString &file) const;

signals:
    void changed();

private:
    void scan();
    void read(const QString &name);
    void watch();

    const NodeRegistry &m_registry;
    QString m_folder;
    std::vector<std::unique_ptr<const Entry>> m_entries;
    std::vector<Fault> m_faults;
    QFileSystemWatcher m_watcher;
    QTimer m_soon; ///< several changes at once are read once
};

/// The block @p id of a graph as the library keeps it: with what is within it, bare of what is around it.
SavedBlock savedBlock(const Graph &graph, NodeId id, const QString &doc);

} // namespace netloom
