// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/loader.h"

#include "data/batch_mixing.h"
#include "data/loader_pass.h"
#include "data/picture_cache.h"
#include "data/random.h"
#include "data/sample_order.h"
#include "data/sample_pipeline.h"
#include "data/worker_team.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <numeric>
#include <stdexcept>

namespace netloom {

namespace {

std::vector<std::int64_t> labelsOf(const DataSource &source)
{
    std::vector<std::int64_t> labels(static_cast<std::size_t>(source.size()));
    for (std::size_t sample = 0; sample < labels.size(); ++sample)
        labels[sample] = source.label(static_cast<std::int64_t>(sample));
    return labels;
}

/// Decodes and prepares samples on threads of its own. All threads share m_pass under m_mutex and fill the slots that they
/// claimed there outside of it; next() takes the batches in order.
class PictureLoader final : public BatchSource {
public:
    PictureLoader(std::shared_ptr<DataSource> source, SamplePipeline pipeline, LoaderOptions options)
        : m_source(std::move(source)), m_pipeline(std::move(pipeline)),
          m_prefetch(std::max(1, options.prefetchBatches)),
          m_dropLast(options.dropLast),
          m_sampleValues(static_cast<std::size_t>(m_pipeline.sampleShape().elementsPerSample())),
          m_leftOut(static_cast<std::size_t>(m_source->size())), m_team(options.workers, m_source->inMemory())
    {
        for (std::int64_t sample = 0; sample < m_source->size(); ++sample)
            m_samples[static_cast<std::size_t>(m_source->split(sample))].push_back(sample);
        if (options.balanced && !m_source->facts().learnsNumber)
            m_labels = labelsOf(*m_source);
        m_straight = m_pipeline.pixelsSuffice() && m_source->size() > 0 && m_source->pixels(0);
        const std::size_t memory = options.cacheBytes.value_or(PictureCache::usualMemory());
        if (memory > 0 && !m_pipeline.takesRows() && (!m_source->inMemory() || m_pipeline.hasFixedSteps()))
            m_cache = std::make_unique<PictureCache>(m_source, m_pipeline.fixedText(), memory);
    }

    ~PictureLoader() override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
            if (m_pass)
                m_pass->dropped = true;
        }
        m_work.notify_all();
        m_team.join();
    }

    std::int64_t sampleCount(Split split) const override { return static_cast<std::int64_t>(samplesOf(split).size()); }
    Shape sampleShape() const override { return m_pipeline.sampleShape(); }
    std::vector<std::string> classNames() const override { return m_source->facts().classNames; }

    void begin(Split split, std::int64_t batchSize, std::uint64_t seed, std::int64_t epoch, bool training) override
    {
        start(split, batchSize, seed, epoch, training, 0);
    }

    void skip(std::int64_t batches) override
    {
        const std::shared_ptr<LoaderPass> pass = m_pass; // written by this thread alone
        if (pass && batches > 0)
            start(pass->split, pass->batchSize, pass->seed, pass->epoch, pass->training, batches);
    }

    std::unique_ptr<Batch> next() override
    {
        std::unique_lock lock(m_mutex);
        const std::shared_ptr<LoaderPass> pass = m_pass;
        while (pass) {
            const bool waits = !pass->dropped && !pass->hasAnswer();
            m_ready.wait(lock, [&] { return pass->dropped || pass->hasAnswer(); });
            m_team.noteBatch(waits);
            if (pass->dropped)
                return nullptr;
            if (!pass->failure.empty())
                throw std::runtime_error(pass->failure);
            if (pass->ended()) {
                if (pass->delivered == 0 && !pass->order.empty())
                    throw std::runtime_error(nothingReadable(*pass));
                return nullptr;
            }
            std::unique_ptr<Batch> batch = pass->takeFirst();
            m_work.notify_all();
            if (batch->count > 0) {
                pass->delivered += batch->count;
                return batch;
            }
            m_pool.push_back(std::move(batch));
        }
        return nullptr;
    }

    void recycle(std::unique_ptr<Batch> batch) override
    {
        const std::lock_guard lock(m_mutex);
        if (batch && m_pool.size() <= static_cast<std::size_t>(m_prefetch))
            m_pool.push_back(std::move(batch));
    }

    void cancel() override
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_pass)
                m_pass->dropped = true;
        }
        m_ready.notify_all();
    }

    std::vector<std::string> unreadable() const override
    {
        const std::lock_guard lock(m_causesMutex);
        std::vector<std::string> causes;
        for (const auto &[sample, cause] : m_causes)
            causes.push_back(cause);
        return causes;
    }

private:
    const std::vector<std::int64_t> &samplesOf(Split split) const { return m_samples[static_cast<std::size_t>(split)]; }

    /// A pass without its first @p skipped batches.
    void start(Split split, std::int64_t batchSize, std::uint64_t seed, std::int64_t epoch, bool training, std::int64_t skipped)
    {
        auto pass = std::make_shared<LoaderPass>();
        pass->split = split;
        pass->seed = seed;
        pass->epoch = epoch;
        pass->training = training;
        pass->batchSize = std::max<std::int64_t>(1, batchSize);
        pass->learnsNumber = m_source->facts().learnsNumber;
        pass->labelCount = m_source->facts().severalLabels ? m_source->facts().classCount() : 0;
        pass->order = samplesOf(split);
        if (training)
            orderForTraining(*pass);
        pass->skip(skipped);
        {
            const std::lock_guard lock(m_mutex);
            if (m_pass)
                m_pass->drop(m_pool);
            m_pass = std::move(pass);
        }
        m_team.start([this](int number) { work(number); });
        m_work.notify_all();
    }

    std::string nothingReadable(const LoaderPass &pass) const
    {
        const std::lock_guard lock(m_causesMutex);
        const std::string first = m_causes.empty() ? "" : " For example: " + m_causes.begin()->second;
        return "None of the " + std::to_string(pass.order.size()) + " samples of the " + std::string(toString(pass.split))
            + " split can be read: check the data folder." + first;
    }

    void orderForTraining(LoaderPass &pass) const
    {
        pass.order = m_labels.empty() ? shuffledOrder(std::move(pass.order), pass.seed, pass.epoch)
                                      : balancedOrder(pass.order, m_labels, pass.seed, pass.epoch);
        const auto batch = static_cast<std::size_t>(pass.batchSize);
        if (m_dropLast && pass.order.size() > batch)
            pass.order.resize(pass.order.size() / batch * batch);
    }

    void work(int number)
    {
        Sample sample;
        std::unique_lock lock(m_mutex);
        while (true) {
            m_work.wait(lock, [&] { return m_stop || (number < m_team.size() && m_pass && m_pass->hasWork(m_prefetch)); });
            if (m_stop)
                return;
            const std::shared_ptr<LoaderPass> pass = m_pass;
            try {
                const LoaderChunk chunk = pass->claim(m_pool, m_sampleValues);
                lock.unlock();
                fill(*pass, chunk, sample);
                lock.lock();
                pass->finish(chunk);
            } catch (const std::exception &) { // bad_alloc
                if (!lock.owns_lock())
                    lock.lock();
                pass->failure = "A batch of " + std::to_string(pass->batchSize) + " samples of " + sampleShape().toString()
                    + " needs more memory than there is: make the batch or the pictures smaller.";
            }
            m_ready.notify_all();
        }
    }

    /// Prepares the chunk's samples in their slots; those left out get the sample number -1.
    void fill(const LoaderPass &pass, const LoaderChunk &chunk, Sample &sample)
    {
        Batch &batch = *chunk.slot->batch;
        for (std::int64_t at = chunk.first; at < chunk.last && !pass.dropped; ++at) {
            const auto place = static_cast<std::size_t>(at);
            const std::int64_t index = pass.order[static_cast<std::size_t>(chunk.slot->start + at)];
            batch.targets[place] = pass.labelCount > 0 ? 0 : m_source->label(index);
            if (pass.labelCount > 0)
                markLabels(std::span(batch.labels).subspan(place * static_cast<std::size_t>(pass.labelCount), static_cast<std::size_t>(pass.labelCount)), index);
            if (!batch.numbers.empty())
                batch.numbers[place] = scaledNumber(index);
            const std::span values(batch.values.data() + place * m_sampleValues, m_sampleValues);
            if (m_straight)
                m_pipeline.applyToPixels(m_source->pixels(index), values);
            batch.samples[place] = m_straight || prepare(pass, index, chunk.slot->start + at, sample, values) ? index : -1;
        }
    }

    void markLabels(std::span<float> marks, std::int64_t index) const
    {
        std::ranges::fill(marks, 0.0f);
        for (const std::int32_t label : m_source->labels(index))
            marks[static_cast<std::size_t>(label)] = 1.0f;
    }

    float scaledNumber(std::int64_t index) const
    {
        const SourceFacts &facts = m_source->facts();
        return static_cast<float>((m_source->number(index) - facts.targetMean) / facts.targetDeviation);
    }

    /// One sample, the @p draw-th of the pass.
    bool prepare(const LoaderPass &pass, std::int64_t index, std::int64_t draw, Sample &sample, std::span<float> values)
    {
        if (m_leftOut[static_cast<std::size_t>(index)].load(std::memory_order_relaxed))
            return false;
        std::string cause;
        try {
            if (!m_cache || !m_cache->find(index, sample.picture)) {
                if (const auto error = m_pipeline.read(*m_source, index, sample)) {
                    leaveOut(index, error->text);
                    return false;
                }
                m_pipeline.applyFixed(sample);
                if (m_cache)
                    m_cache->keep(index, sample.picture);
            }
            if (m_pipeline.applyRest(sample, randomFor(pass, index, draw), pass.training, values))
                return true;
            cause = m_pipeline.mismatch(sample.shape);
        } catch (const std::bad_alloc &) {
            cause = "needs more memory than there is";
        } catch (const std::exception &error) {
            cause = error.what();
        }
        leaveOut(index, std::string("'").append(m_source->name(index)).append("' ").append(cause).append("."));
        return false;
    }

    /// Random numbers that only depend on the sample and its epoch, and where it comes several times on the draw.
    std::mt19937_64 &randomFor(const LoaderPass &pass, std::int64_t index, std::int64_t draw) const
    {
        thread_local std::mt19937_64 random;
        if (!pass.training || !m_pipeline.usesRandom())
            return random;
        std::uint64_t seed = mixSeed({pass.seed, static_cast<std::uint64_t>(pass.epoch), static_cast<std::uint64_t>(index)});
        if (!m_labels.empty())
            seed = mixSeed({seed, static_cast<std::uint64_t>(draw)});
        random.seed(seed);
        return random;
    }

    void leaveOut(std::int64_t index, std::string cause)
    {
        const std::lock_guard lock(m_causesMutex);
        m_causes.emplace(index, std::move(cause));
        m_leftOut[static_cast<std::size_t>(index)].store(true, std::memory_order_relaxed);
    }

    const std::shared_ptr<DataSource> m_source;
    const SamplePipeline m_pipeline;
    const int m_prefetch;
    const bool m_dropLast;
    const std::size_t m_sampleValues;
    std::array<std::vector<std::int64_t>, kAllSplits.size()> m_samples;
    std::vector<std::int64_t> m_labels; ///< by sample, where classes are balanced; else empty
    bool m_straight = false;            ///< the source's pixels need no more than a look-up
    std::unique_ptr<PictureCache> m_cache;

    std::vector<std::atomic<bool>> m_leftOut; ///< by sample: known to be unreadable, so never tried again
    mutable std::mutex m_causesMutex;
    std::map<std::int64_t, std::string> m_causes;

    std::mutex m_mutex;
    std::condition_variable m_work;  ///< there may be something to claim, or an end to make
    std::condition_variable m_ready; ///< the first batch may be ready
    WorkerTeam m_team;
    std::shared_ptr<LoaderPass> m_pass;
    std::vector<std::unique_ptr<Batch>> m_pool;
    bool m_stop = false;
};

} // namespace

Result<std::shared_ptr<BatchSource>> makeLoader(const Graph &graph, const NodeRegistry &registry,
    std::shared_ptr<DataSource> source, LoaderOptions options)
{
    Result<SamplePipeline> pipeline = SamplePipeline::make(graph, registry, source->facts());
    if (!pipeline)
        return pipeline.error();
    if (!pipeline->sampleShape().known())
        return Error{"The pictures have no common size: add Resize before ToTensor and give it height and width."};
    const SourceFacts &facts = source->facts();
    auto loader = std::make_shared<PictureLoader>(source, std::move(*pipeline), options);
    return mixBatches(graph, registry, facts, std::move(loader));
}

} // namespace netloom
