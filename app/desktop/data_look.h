// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"
#include "graph/graph.h"
#include "graph/node_registry.h"
#include "graph/source_facts.h"

#include <QFutureWatcher>
#include <QObject>

#include <memory>
#include <optional>

namespace netloom {

/// Looks at the data of a graph in the background: folders are listed and headers read off the main thread, one look at a time.
/// Only the newest request's answer is given; an unchanged source is not looked at again. Nobody waits for a look that is no
/// longer wanted.
class DataLook : public QObject {
    Q_OBJECT
public:
    explicit DataLook(const NodeRegistry &registry, QObject *parent = nullptr);

    /// Looks at the source node of @p graph; looked() follows later, unless the source is the one looked at last.
    void look(const Graph &graph);
    /// Forgets what was looked at, so that the next look() goes to the disk again.
    void forget() { m_last.reset(); }
    /// The data of the last answer, open; nullptr where there are none or they couldn't be opened.
    const std::shared_ptr<const DataSource> &source() const { return m_source; }

signals:
    void lookStarted();
    void looked(const netloom::SourceFacts &facts);

private:
    struct Found {
        SourceFacts facts;
        std::shared_ptr<const DataSource> source;
    };
    struct Subject {
        NodeSpec spec;
        Node node;
    };
    struct Key {
        std::string type;
        Params params;
        friend bool operator==(const Key &, const Key &) = default;
    };

    static Found open(const Subject &subject);
    void startNext();
    void finish();

    const NodeRegistry &m_registry;
    QFutureWatcher<Found> m_watcher;
    std::shared_ptr<const DataSource> m_source;
    std::optional<Key> m_last;
    std::optional<Subject> m_next; ///< waits for the running look to end
    bool m_wanted = false;         ///< the running look's answer
};

} // namespace netloom
