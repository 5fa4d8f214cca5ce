// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "inspect/sample_preview.h"

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

namespace netloom {

/// What to send through which network; all copies.
struct PreviewRequest {
    Graph graph;
    SourceFacts facts;
    PreviewSample sample;
    std::filesystem::path weights; ///< of a finished run, "" for initial ones
    std::set<NodeId> watched;      ///< nodes whose every number is wanted
    std::uint64_t draw = 0;        ///< of random transforms; 0: they do as in evaluation
    NodeId compared;               ///< a transform whose input and outputs are wanted side by side; invalid for none
    int comparedDraws = 0;
    std::uint64_t comparedSeed = 0;
};

/// What the worker found out since it last reported.
struct PreviewUpdate {
    quint64 revision = 0; ///< of the request
    std::map<NodeId, std::shared_ptr<const NodePreview>> previews;
    std::map<NodeId, std::shared_ptr<const NodeValues>> values; ///< of watched nodes, where they are new
    std::optional<TransformDraws> draws; ///< of the compared transform
    bool complete = false; ///< the request is answered to the end
    int weightedLayers = 0;
    int trainedLayers = 0;
};

/// Computes previews on a thread of its own, with low priority. The newest request wins: an older one that is still being
/// worked on ends at its next node.
class PreviewSession : public QObject {
    Q_OBJECT
public:
    explicit PreviewSession(const NodeRegistry &registry, QObject *parent = nullptr);
    ~PreviewSession() override; ///< waits for the node at hand

    /// Gives the request's revision; returns at once.
    quint64 request(PreviewRequest request);
    /// Gives the memory of all results back.
    void clear() { request({}); }

signals:
    /// In order; what belongs to an older revision is still newer than all before.
    void updated(const netloom::PreviewUpdate &update);

private:
    struct Job {
        PreviewRequest request;
        quint64 revision = 0;
        std::stop_token stop;
    };

    void work(std::stop_token stop);
    std::optional<Job> nextJob(std::stop_token stop);
    void report(quint64 revision, const std::function<void(PreviewUpdate &)> &add);
    void deliver();

    const NodeRegistry &m_registry;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::optional<Job> m_next;       ///< guarded, as all below
    std::stop_source m_running;
    quint64 m_revision = 0;
    std::optional<PreviewUpdate> m_found;
    std::jthread m_thread;
};

} // namespace netloom
