// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/data_look.h"

#include "data/loader.h"

#include <QPromise>
#include <QThreadPool>

#include <algorithm>

namespace netloom {

namespace {

/// The source of findPipeline(), in most graphs without opening their blocks: the first that there is.
NodeId sourceOf(const Graph &graph, const NodeRegistry &registry)
{
    for (const auto &[id, node] : graph.nodes()) {
        const NodeSpec *spec = registry.find(node.type);
        if (!spec || !spec->isSource())
            continue;
        for (const Node *around = graph.find(node.parent); around; around = graph.find(around->parent)) {
            if (around->bypassed)
                return findPipeline(graph, registry).source;
        }
        return id;
    }
    return {};
}

/// True where nobody has chosen the folder or the file yet: the first path. Others may stay empty.
bool lacksPath(const NodeSpec &spec, const Node &node)
{
    const auto decl = std::ranges::find(spec.params, ParamType::Path, &ParamDecl::type);
    return decl != spec.params.end() && (!node.params.has(decl->name) || node.params.text(decl->name).empty());
}

} // namespace

DataLook::Found DataLook::open(const Subject &subject)
{
    const auto source = openSource(subject.spec, subject.node);
    if (source)
        return {(*source)->facts(), *source};
    Found none;
    none.facts.problem = source.error().text;
    return none;
}

DataLook::DataLook(const NodeRegistry &registry, QObject *parent) : QObject(parent), m_registry(registry)
{
    connect(&m_watcher, &QFutureWatcher<Found>::finished, this, &DataLook::finish);
}

void DataLook::look(const Graph &graph)
{
    const Node *node = graph.find(sourceOf(graph, m_registry));
    const Key key = node ? Key{node->type, node->params} : Key{};
    if (m_last == key)
        return;
    m_last = key;
    m_wanted = false;
    m_next.reset();

    if (!node || lacksPath(*m_registry.find(node->type), *node)) {
        m_source.reset();
        emit looked(SourceFacts{});
        return;
    }
    m_next = Subject{*m_registry.find(node->type), *node};
    emit lookStarted();
    if (!m_watcher.isRunning())
        startNext();
}

void DataLook::startNext()
{
    const auto promise = std::make_shared<QPromise<Found>>();
    promise->start();
    m_watcher.setFuture(promise->future());
    m_wanted = true;
    QThreadPool::globalInstance()->start([promise, subject = std::move(*m_next)] {
        promise->addResult(open(subject));
        promise->finish();
    });
    m_next.reset();
}

void DataLook::finish()
{
    if (m_next) {
        startNext();
    } else if (m_wanted) {
        const Found found = m_watcher.result();
        m_source = found.source;
        emit looked(found.facts);
    }
}

} // namespace netloom
