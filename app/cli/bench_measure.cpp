// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench_measure.h"

#include "commands.h"
#include "console.h"
#include "data/loader.h"
#include "graph/graph_edits.h"
#include "project/templates.h"
#include "run/registry.h"
#include "train/machine_speed.h"
#include "train/trainer.h"

#include <atomic>
#include <chrono>
#include <nlohmann/json.hpp>

namespace netloom::cli {

namespace {

using Whole = std::vector<std::int64_t>;

void printRate(std::int64_t epoch, std::int64_t images, double seconds)
{
    printEvent({{"event", "rate"}, {"epoch", epoch}, {"images", images}, {"seconds", seconds}, {"images_per_second", double(images) / seconds}});
}

class Clock {
public:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count(); }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// Only loads.
void measureLoading(BatchSource &loader, const Project &project, const MeasureOptions &options)
{
    for (std::int64_t epoch = 1; epoch <= options.epochs; ++epoch) {
        const Clock clock;
        std::int64_t images = 0;
        loader.begin(Split::Train, project.recipe.integer("batch_size"), 1, epoch, true);
        while (auto batch = loader.next()) {
            images += batch->count;
            loader.recycle(std::move(batch));
            if (options.seconds > 0 && !options.whole && clock.seconds() > options.seconds)
                break;
        }
        printRate(epoch, images, clock.seconds());
    }
}

/// Hands out the first batches of another source again and again.
class ReplayedBatches final : public BatchSource {
public:
    ReplayedBatches(BatchSource &source, std::int64_t batchSize) : m_source(source)
    {
        constexpr std::size_t kBatches = 8;
        source.begin(Split::Train, batchSize, 1, 1, true);
        while (m_batches.size() < kBatches) {
            auto batch = source.next();
            if (!batch || batch->count < batchSize)
                break;
            m_batches.push_back(std::move(batch));
        }
        source.cancel();
    }

    std::int64_t sampleCount(Split split) const override { return m_source.sampleCount(split); }
    Shape sampleShape() const override { return m_source.sampleShape(); }
    std::vector<std::string> classNames() const override { return m_source.classNames(); }
    void begin(Split split, std::int64_t batchSize, std::uint64_t, std::int64_t, bool) override
    {
        m_left = (m_source.sampleCount(split) + batchSize - 1) / batchSize;
    }
    std::unique_ptr<Batch> next() override
    {
        if (m_cancelled || m_left-- <= 0 || m_batches.empty())
            return nullptr;
        std::unique_ptr<Batch> batch = std::move(m_batches.front());
        m_batches.erase(m_batches.begin());
        return batch;
    }
    void recycle(std::unique_ptr<Batch> batch) override { m_batches.push_back(std::move(batch)); }
    void cancel() override { m_cancelled = true; }
    std::vector<std::string> unreadable() const override { return {}; }

private:
    BatchSource &m_source;
    std::vector<std::unique_ptr<Batch>> m_batches;
    std::int64_t m_left = 0;
    std::atomic<bool> m_cancelled = false;
};

/// Trains, and prints the training passes' rates.
int measureTraining(const NodeRegistry &registry, TrainPlan plan, std::shared_ptr<BatchSource> batches, const MeasureOptions &options)
{
    const std::int64_t batchSize = plan.recipe.integer("batch_size");
    plan.recipe.set("epochs", std::int64_t{options.epochs});
    plan.recipe.set("device", std::string("cpu"));
    plan.recipe.set("threads", std::int64_t{options.threads});
    std::string failure;
    bool printed = false;
    Trainer *running = nullptr;
    Trainer trainer(registry, std::move(plan), std::move(batches), [&](const TrainEvent &event) {
        if (const auto *started = std::get_if<TrainStarted>(&event)) {
            printEvent({{"event", "choice"}, {"threads", started->threads}, {"memory_format", started->memoryFormat}});
        } else if (const auto *failed = std::get_if<TrainFailed>(&event)) {
            failure = failed->text;
        } else if (const auto *epoch = std::get_if<EpochDone>(&event)) {
            printRate(epoch->epoch, epoch->train.samples, epoch->train.seconds);
        } else if (const auto *batch = std::get_if<BatchDone>(&event); batch && batch->split == Split::Train && options.seconds > 0 && !printed) {
            const std::int64_t images = batch->batch * batchSize;
            const double seconds = double(images) / batch->imagesPerSecond;
            if (seconds > options.seconds) {
                printed = true;
                printRate(batch->epoch, images, seconds);
                running->stop();
            }
        }
    });
    running = &trainer;
    trainer.start();
    trainer.wait();
    return failure.empty() ? kDone : reportFailure(failure, true);
}

} // namespace

Project benchProject(const std::string &row, const std::string &data, const NodeRegistry &registry)
{
    if (row == "mlp" || row == "cnn") {
        Project project = makeProject(*findTemplate(row + "-fashion-mnist"), registry, data);
        if (row == "mlp")
            project.recipe.set("batch_size", std::int64_t{64});
        return project;
    }
    Project project = makeProject(*findTemplate("cnn-image-folder"), registry, data);
    project.recipe.set("batch_size", std::int64_t{64});
    const bool photos = row == "photos";
    project.graph.setParam(project.graph.findByName("resize")->id, "size", photos ? Whole{72} : Whole{32, 32});
    for (const auto &[name, channels] : {std::pair{"conv1", 32}, {"conv2", 64}, {"conv3", 128}})
        project.graph.setParam(project.graph.findByName(name)->id, "out_channels", std::int64_t{channels});
    if (photos) {
        const Link behind = project.graph.linksFrom(project.graph.findByName("resize")->id).front();
        insertInLink(project.graph, registry, behind, {{"RandomCrop", {{"size", Whole{64}}}}});
    }
    return project;
}

int measure(const MeasureOptions &options)
{
    if (options.row == "sgemm") {
        printEvent({{"event", "sgemm"}, {"gflops", sgemmRate(options.threads) / 1e9}});
        return kDone;
    }
    const NodeRegistry registry = fullRegistry();
    const Project project = benchProject(options.row, options.data, registry);
    const auto source = openSource(project.graph, registry);
    if (!source)
        return reportFailure(source.error().text, true);
    const auto loader = makeLoader(project.graph, registry, *source);
    if (!loader)
        return reportFailure(loader.error().text, true);
    if (options.row == "photos") {
        measureLoading(**loader, project, options);
        return kDone;
    }
    const Inference inference = inferShapes(project.graph, registry, (*source)->facts());
    const Node *first = project.graph.findByName(options.row == "mlp" ? "fc1" : "conv1");
    // Forward and both backward products of every layer, but for the first, whose input needs no gradient.
    const std::int64_t work = 6 * inference.multiplyAdds() - 2 * inference.nodes.at(first->id).multiplyAdds;
    printEvent({{"event", "facts"}, {"flop_per_image", work}});
    std::shared_ptr<BatchSource> batches = *loader;
    if (options.compute)
        batches = std::make_shared<ReplayedBatches>(**loader, project.recipe.integer("batch_size"));
    return measureTraining(registry, {project.graph, project.recipe, (*source)->facts()}, batches, options);
}

} // namespace netloom::cli
