// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/data_look.h"

#include "data/loader.h"

namespace netloom {

namespace {

SourceFacts factsOf(const Graph &graph, const NodeRegistry &registry)
{
    const auto source = openSource(graph, registry);
    if (source)
        return (*source)->facts();
    SourceFacts facts;
    facts.problem = source.error().text;
    return facts;
}

} // namespace

DataLook::DataLook(const NodeRegistry &registry, QObject *parent) : QObject(parent), m_registry(registry)
{
    m_pool.setMaxThreadCount(2);
}

DataLook::~DataLook()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void DataLook::look(const Graph &graph)
{
    const Node *node = graph.find(findPipeline(graph, m_registry).source);
    const Subject subject = node ? Subject{node->type, node->params} : Subject{};
    if (m_last == subject)
        return;
    m_last = subject;
    const quint64 request = ++m_request;

    const bool noFolder = node && node->params.has("root") && node->params.text("root").empty();
    if (!node || noFolder) {
        finish(request, SourceFacts{});
        return;
    }
    m_busy = true;
    emit lookStarted();
    m_pool.start([this, graph, request] {
        const SourceFacts facts = factsOf(graph, m_registry);
        QMetaObject::invokeMethod(this, [this, request, facts] { finish(request, facts); }, Qt::QueuedConnection);
    });
}

void DataLook::finish(quint64 request, const SourceFacts &facts)
{
    if (request != m_request)
        return;
    m_busy = false;
    emit looked(facts);
}

} // namespace netloom
