// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/loader.h"

#include "data/batch_mixing.h"
#include "data/loader_pass.h"
#include "data/random.h"
#include "data/sample_pipeline.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <map>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <system_error>
#include <thread>

namespace netloom {

namespace {

/// Several decoders pay for pictures in files; samples in memory leave the cores to the network.
int chosenWorkers(int asked, const DataSource &source)
{
    if (asked > 0)
        return asked;
    if (source.inMemory())
        return 1;
    return std::clamp(static_cast<int>(std::thread::hardware_concurrency()) / 2, 2, 8);
}

/// Decodes and prepares samples on threads of its own. All threads share m_pass under m_mutex and fill the slots that they
/// claimed there outside of it; next() takes the batches in order.
class PictureLoader final : public BatchSource {
public:
    PictureLoader(std::shared_ptr<DataSource> source, SamplePipeline pipeline, LoaderOptions options)
        : m_source(std::move(source)), m_pipeline(std::move(pipeline)),
          m_workers(chosenWorkers(options.workers, *m_source)), m_prefetch(std::max(1, options.prefetchBatches)),
          m_sampleValues(static_cast<std::size_t>(m_pipeline.sampleShape().elementsPerSample())),
          m_leftOut(static_cast<std::size_t>(m_source->size()))
    {
        for (std::int64_t sample = 0; sample < m_source->size(); ++sample)
            m_samples[static_cast<std::size_t>(m_source->split(sample))].push_back(sample);
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
        for (std::thread &thread : m_threads)
            thread.join();
    }

    std::int64_t sampleCount(Split split) const override { return static_cast<std::int64_t>(samplesOf(split).size()); }
    Shape sampleShape() const override { return m_pipeline.sampleShape(); }
    std::vector<std::string> classNames() const override { return m_source->facts().classNames; }

    void begin(Split split, std::int64_t batchSize, std::uint64_t seed, std::int64_t epoch, bool training) override
    {
        auto pass = std::make_shared<LoaderPass>();
        pass->split = split;
        pass->seed = seed;
        pass->epoch = epoch;
        pass->training = training;
        pass->batchSize = std::max<std::int64_t>(1, batchSize);
        pass->order = samplesOf(split);
        if (training) {
            std::mt19937_64 random(mixSeed({seed, static_cast<std::uint64_t>(epoch)}));
            shuffle(pass->order, random);
        }
        {
            const std::lock_guard lock(m_mutex);
            if (m_pass)
                m_pass->drop(m_pool);
            m_pass = std::move(pass);
        }
        startThreads();
        m_work.notify_all();
    }

    std::unique_ptr<Batch> next() override
    {
        std::unique_lock lock(m_mutex);
        const std::shared_ptr<LoaderPass> pass = m_pass;
        while (pass) {
            m_ready.wait(lock, [&] { return pass->dropped || pass->hasAnswer(); });
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

    std::string nothingReadable(const LoaderPass &pass) const
    {
        const std::lock_guard lock(m_causesMutex);
        const std::string first = m_causes.empty() ? "" : " For example: " + m_causes.begin()->second;
        return "None of the " + std::to_string(pass.order.size()) + " samples of the " + std::string(toString(pass.split))
            + " split can be read: check the data folder." + first;
    }

    void startThreads()
    {
        while (static_cast<int>(m_threads.size()) < m_workers) {
            try {
                m_threads.emplace_back([this] { work(); });
            } catch (const std::system_error &) {
                if (m_threads.empty())
                    throw std::runtime_error("No thread can be started to load the data: close other programs.");
                return;
            }
        }
    }

    void work()
    {
        Sample sample;
        std::unique_lock lock(m_mutex);
        while (true) {
            m_work.wait(lock, [&] { return m_stop || (m_pass && m_pass->hasWork(m_prefetch)); });
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
            batch.targets[place] = m_source->label(index);
            batch.samples[place] = prepare(pass, index, sample, batch.values.data() + place * m_sampleValues) ? index : -1;
        }
    }

    bool prepare(const LoaderPass &pass, std::int64_t index, Sample &sample, float *values)
    {
        if (m_leftOut[static_cast<std::size_t>(index)].load(std::memory_order_relaxed))
            return false;
        std::string cause;
        try {
            if (const auto error = m_source->readInto(index, m_pipeline.decodeHint(), sample.picture)) {
                leaveOut(index, error->text);
                return false;
            }
            sample.values.clear();
            applyTransforms(pass, index, sample);
            if (m_pipeline.takes(sample.shape)) {
                std::memcpy(values, sample.values.data(), m_sampleValues * sizeof(float));
                return true;
            }
            cause = m_pipeline.mismatch(sample.shape);
        } catch (const std::bad_alloc &) {
            cause = "needs more memory than there is";
        } catch (const std::exception &error) {
            cause = error.what();
        }
        leaveOut(index, std::string("'").append(m_source->name(index)).append("' ").append(cause).append("."));
        return false;
    }

    void applyTransforms(const LoaderPass &pass, std::int64_t index, Sample &sample) const
    {
        thread_local std::mt19937_64 random;
        if (pass.training && m_pipeline.usesRandom())
            random.seed(mixSeed({pass.seed, static_cast<std::uint64_t>(pass.epoch), static_cast<std::uint64_t>(index)}));
        m_pipeline.apply(sample, random, pass.training);
    }

    void leaveOut(std::int64_t index, std::string cause)
    {
        const std::lock_guard lock(m_causesMutex);
        m_causes.emplace(index, std::move(cause));
        m_leftOut[static_cast<std::size_t>(index)].store(true, std::memory_order_relaxed);
    }

    const std::shared_ptr<DataSource> m_source;
    const SamplePipeline m_pipeline;
    const int m_workers;
    const int m_prefetch;
    const std::size_t m_sampleValues;
    std::array<std::vector<std::int64_t>, kAllSplits.size()> m_samples;

    std::vector<std::atomic<bool>> m_leftOut; ///< by sample: known to be unreadable, so never tried again
    mutable std::mutex m_causesMutex;
    std::map<std::int64_t, std::string> m_causes;

    std::mutex m_mutex;
    std::condition_variable m_work;  ///< there may be something to claim, or an end to make
    std::condition_variable m_ready; ///< the first batch may be ready
    std::shared_ptr<LoaderPass> m_pass;
    std::vector<std::unique_ptr<Batch>> m_pool;
    bool m_stop = false;
    std::vector<std::thread> m_threads;
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
