// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/data_look.h"

#include "data/loader.h"

#include <QPromise>
#include <QThreadPool>

namespace netloom {

namespace {

SourceFacts factsOf(const NodeSpec &spec, const Node &node)
{
    const auto source = openSource(spec, node);
    if (source)
        return (*source)->facts();
    SourceFacts facts;
    facts.problem = source.error().text;
    return facts;
}

} // namespace

DataLook::DataLook(const NodeRegistry &registry, QObject *parent) : QObject(parent), m_registry(registry)
{
    connect(&m_watcher, &QFutureWatcher<SourceFacts>::finished, this, &DataLook::finish);
}

void DataLook::look(const Graph &graph)
{
    const Node *node = graph.find(findPipeline(graph, m_registry).source);
    const Key key = node ? Key{node->type, node->params} : Key{};
    if (m_last == key)
        return;
    m_last = key;
    m_wanted = false;
    m_next.reset();

    const bool noFolder = node && node->params.has("root") && node->params.text("root").empty();
    if (!node || noFolder) {
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
    const auto promise = std::make_shared<QPromise<SourceFacts>>();
    promise->start();
    m_watcher.setFuture(promise->future());
    m_wanted = true;
    QThreadPool::globalInstance()->start([promise, subject = std::move(*m_next)] {
        promise->addResult(factsOf(subject.spec, subject.node));
        promise->finish();
    });
    m_next.reset();
}

void DataLook::finish()
{
    if (m_next)
        startNext();
    else if (m_wanted)
        emit looked(m_watcher.result());
}

} // namespace netloom
