// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/preview_session.h"

#include "desktop/thread_priority.h"
#include "project/project.h"

namespace netloom {

namespace {

/// The weights file's bytes; "" where it can't be read.
std::string weightsOf(const std::filesystem::path &file)
{
    if (file.empty())
        return {};
    try {
        Result<std::string> bytes = readFile(file);
        return bytes ? std::move(*bytes) : std::string();
    } catch (const std::bad_alloc &) {
        return {};
    }
}

} // namespace

PreviewSession::PreviewSession(const NodeRegistry &registry, QObject *parent)
    : QObject(parent), m_registry(registry), m_thread([this](std::stop_token stop) { work(std::move(stop)); })
{
}

PreviewSession::~PreviewSession()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_running.request_stop();
    }
    m_thread.request_stop();
    m_thread.join();
}

quint64 PreviewSession::request(PreviewRequest request)
{
    const std::scoped_lock lock(m_mutex);
    m_running.request_stop();
    m_running = std::stop_source();
    m_next = Job{std::move(request), ++m_revision, m_running.get_token()};
    m_wake.notify_one();
    return m_revision;
}

std::optional<PreviewSession::Job> PreviewSession::nextJob(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    if (!m_wake.wait(lock, stop, [this] { return m_next.has_value(); }))
        return std::nullopt;
    return std::exchange(m_next, std::nullopt);
}

void PreviewSession::work(std::stop_token stop)
{
    lowerThreadPriority();
    SamplePreview engine(m_registry);
    std::filesystem::path weights;
    std::map<NodeId, std::shared_ptr<const NodePreview>> sent; ///< to whose previews the watched nodes' numbers belong
    while (auto job = nextJob(stop)) {
        const PreviewRequest &request = job->request;
        if (request.weights != weights) {
            weights = request.weights;
            if (!engine.setWeights(weightsOf(weights)))
                (void)engine.setWeights({});
        }
        std::erase_if(sent, [&](const auto &entry) { return !request.watched.contains(entry.first); });
        const auto sink = [&](NodeId node, const std::shared_ptr<const NodePreview> &preview) {
            std::shared_ptr<const NodeValues> values;
            if (request.watched.contains(node) && sent[node] != preview) {
                values = std::make_shared<const NodeValues>(engine.values(node));
                sent[node] = preview;
            }
            report(job->revision, [&](PreviewUpdate &update) {
                update.previews[node] = preview;
                if (values)
                    update.values[node] = values;
            });
        };
        engine.setDraw(request.draw);
        if (!engine.run(request.graph, request.facts, request.sample, sink, job->stop))
            continue;
        std::optional<TransformDraws> draws;
        if (request.compared.valid())
            draws = engine.draws(request.compared, request.comparedDraws, request.comparedSeed);
        const auto [weighted, trained] = engine.weightedAndTrained();
        report(job->revision, [&](PreviewUpdate &update) {
            update.complete = true;
            update.draws = std::move(draws);
            update.weightedLayers = weighted;
            update.trainedLayers = trained;
        });
    }
}

void PreviewSession::report(quint64 revision, const std::function<void(PreviewUpdate &)> &add)
{
    const std::scoped_lock lock(m_mutex);
    const bool waiting = m_found.has_value();
    if (!waiting)
        m_found.emplace();
    if (m_found->revision != revision) {
        // What an older request found isn't known to hold for this one: its nodes come again.
        m_found->previews.clear();
        m_found->complete = false;
        m_found->revision = revision;
    }
    add(*m_found);
    if (!waiting)
        QMetaObject::invokeMethod(this, &PreviewSession::deliver, Qt::QueuedConnection);
}

void PreviewSession::deliver()
{
    std::optional<PreviewUpdate> found;
    {
        const std::scoped_lock lock(m_mutex);
        found.swap(m_found);
    }
    if (found)
        emit updated(*found);
}

} // namespace netloom
