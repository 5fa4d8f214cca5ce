// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/background_task.h"
#include "graph/node_registry.h"
#include "runs/runs_view.h"

#include <QTimer>

#include <filesystem>
#include <memory>

namespace netloom {

class RunStore;

/// Joins the view of runs with their store and folders: reads both in the background, follows what trainings of this and other programs add,
/// keeps tags and notes, moves runs to the trash and back, and writes what is exported.
class RunsPresenter : public QObject {
    Q_OBJECT
public:
    RunsPresenter(const NodeRegistry &registry, RunsView &view, QObject *parent = nullptr);
    ~RunsPresenter() override;

    /// The folder of the project's runs; it need not be there.
    void setFolder(const std::filesystem::path &folder);
    /// The view is seen; nothing is read before.
    void setActive(bool active);

public slots:
    void refresh();

signals:
    void messageRequested(const QString &text);

private:
    struct Shelf; ///< the store, for one thread at a time
    struct Moved {
        QString from, to;
    };

    void show(std::vector<RunEntry> runs, const std::vector<std::string> &notes, bool lasting);
    void compareChosen();
    void change(const QStringList &folders, const std::function<Result<Done>(RunStore &, const std::filesystem::path &)> &act);
    void remove(const QStringList &folders);
    void takeBack();
    void offerUndo();
    void save(RunsView::Export what);
    bool write(RunsView::Export what, const QString &path);
    void open(const QString &path);

    const NodeRegistry &m_registry;
    RunsView &m_view;
    std::shared_ptr<Shelf> m_shelf;
    std::filesystem::path m_folder;
    bool m_active = false;
    bool m_again = false;       ///< something changed while the list was read
    QStringList m_compared;     ///< what the curves are of
    QHash<QString, RunCurves> m_curves;
    std::vector<QList<Moved>> m_trashed; ///< one entry for each deletion of this session
    QTimer m_timer;
    BackgroundTask m_listing;
    BackgroundTask m_comparing;
    BackgroundTask m_changing;
};

} // namespace netloom
