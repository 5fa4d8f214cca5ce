// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"
#include "graph/source_facts.h"

#include <QObject>
#include <QThreadPool>

#include <optional>

namespace netloom {

/// Looks at the data of a graph in the background: folders are listed and headers read off the main thread.
/// Only the newest request's answer is given; an unchanged source is not looked at again.
class DataLook : public QObject {
    Q_OBJECT
public:
    explicit DataLook(const NodeRegistry &registry, QObject *parent = nullptr);
    ~DataLook() override;

    /// Looks at the source node of @p graph; looked() follows later, unless the source is the one looked at last.
    void look(const Graph &graph);
    /// Forgets what was looked at, so that the next look() goes to the disk again.
    void forget() { m_last.reset(); }
    bool busy() const { return m_busy; }

signals:
    void lookStarted();
    void looked(const netloom::SourceFacts &facts);

private:
    void finish(quint64 request, const SourceFacts &facts);

    struct Subject {
        std::string type;
        Params params;
        friend bool operator==(const Subject &, const Subject &) = default;
    };

    const NodeRegistry &m_registry;
    QThreadPool m_pool;
    std::optional<Subject> m_last;
    quint64 m_request = 0;
    bool m_busy = false;
};

} // namespace netloom
