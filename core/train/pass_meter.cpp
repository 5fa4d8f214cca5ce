// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/pass_meter.h"

#include "train/checkpoint.h"

#include <cmath>

namespace netloom {

namespace {

/// So many batches may wait on the device.
constexpr std::size_t kMostPending = 256;

} // namespace

PassMeter::PassMeter(const GraphModule &network)
    : m_confusion(network.severalLabels() ? 0 : network.classCount()), m_labels(network.severalLabels() ? network.classCount() : 0)
{
    if (const auto &scale = network.numberScale())
        m_numbers.emplace(*scale);
}

void PassMeter::add(const torch::Tensor &loss, const torch::Tensor &predictions, const Batch &batch)
{
    ++m_batches;
    m_samples += batch.count;
    Pending pending{loss.detach(), predictions.detach(), batch.targets, m_labels.empty() ? std::vector<float>() : batch.labels, {}, {}};
    if (m_numbers) {
        pending.numbers = batch.unmixed.empty() ? batch.numbers : batch.unmixed;
        pending.samples = batch.samples;
    }
    m_pending.push_back(std::move(pending));
    if (loss.is_cpu() || m_pending.size() >= kMostPending)
        flush();
}

void PassMeter::flush()
{
    if (m_pending.empty())
        return;
    std::vector<torch::Tensor> losses;
    std::vector<torch::Tensor> predictions;
    for (const Pending &pending : m_pending) {
        losses.push_back(pending.loss);
        predictions.push_back(pending.predictions);
    }
    const torch::Tensor allLosses = torch::stack(losses).to(torch::kCPU, torch::kFloat64);
    const torch::Tensor allPredictions = torch::cat(predictions).to(torch::kCPU);
    std::int64_t at = 0;
    for (std::size_t index = 0; index < m_pending.size(); ++index) {
        const Pending &pending = m_pending[index];
        const auto size = static_cast<std::int64_t>(pending.targets.size());
        const torch::Tensor predicted = allPredictions.narrow(0, at, size);
        count(allLosses.data_ptr<double>()[index], size);
        if (m_numbers)
            countNumbers(predicted, pending);
        else if (!m_labels.empty())
            countLabels(predicted, pending.labels);
        else
            countClasses(predicted, pending.targets);
        at += size;
    }
    m_pending.clear();
}

void PassMeter::count(double loss, std::int64_t samples)
{
    ++m_flushedBatches;
    if (!std::isfinite(loss) && !m_brokenBatch)
        m_brokenBatch = m_flushedBatches;
    m_lossSum += loss * static_cast<double>(samples);
    m_flushedSamples += samples;
}

void PassMeter::countClasses(const torch::Tensor &predictions, const std::vector<std::int64_t> &targets)
{
    const auto *predicted = predictions.data_ptr<std::int64_t>();
    for (std::size_t sample = 0; sample < targets.size(); ++sample) {
        m_correct += predicted[sample] == targets[sample];
        m_confusion.add(targets[sample], predicted[sample]);
    }
}

void PassMeter::countLabels(const torch::Tensor &predictions, const std::vector<float> &truth)
{
    const torch::Tensor said = predictions.contiguous();
    const auto *marks = said.data_ptr<std::int64_t>();
    const std::size_t width = m_labels.labels.size();
    for (std::size_t first = 0; first < truth.size(); first += width) {
        bool exact = true;
        for (std::size_t label = 0; label < width; ++label) {
            const bool is = truth[first + label] > 0.5f;
            m_labels.labels[label].add(is, marks[first + label] != 0);
            exact &= is == (marks[first + label] != 0);
        }
        m_labels.exact += exact;
        ++m_labels.samples;
    }
}

void PassMeter::countNumbers(const torch::Tensor &predictions, const Pending &batch)
{
    const torch::Tensor predicted = predictions.to(torch::kFloat64).contiguous();
    for (std::size_t index = 0; index < batch.numbers.size(); ++index)
        m_numbers->add(batch.samples[index], batch.numbers[index], predicted.data_ptr<double>()[index]);
}

void PassMeter::save(TrainState &state) const
{
    putNumbers(state, "pass/sums", {m_lossSum, m_stopwatch.seconds()});
    putWhole(state, "pass/counts", {m_batches, m_samples, m_flushedBatches, m_flushedSamples, m_correct});
    putWhole(state, "pass/confusion", m_confusion.counts);
    std::vector<std::int64_t> labels{m_labels.samples, m_labels.exact};
    for (const LabelCounts &counts : m_labels.labels)
        labels.insert(labels.end(), {counts.hits, counts.falseAlarms, counts.misses, counts.rest});
    if (!m_labels.empty())
        putWhole(state, "pass/labels", labels);
    if (m_numbers)
        m_numbers->save(state);
}

void PassMeter::load(const TrainState &state)
{
    const auto sums = numbersIn(state, "pass/sums", 2);
    const auto counts = wholeIn(state, "pass/counts", 5);
    m_lossSum = sums[0];
    m_stopwatch.takeOut(-sums[1]);
    m_batches = counts[0];
    m_samples = counts[1];
    m_flushedBatches = counts[2];
    m_flushedSamples = counts[3];
    m_correct = counts[4];
    m_confusion.counts = wholeIn(state, "pass/confusion", static_cast<std::int64_t>(m_confusion.counts.size()));
    if (!m_labels.empty()) {
        const auto labels = wholeIn(state, "pass/labels", 2 + 4 * static_cast<std::int64_t>(m_labels.labels.size()));
        m_labels.samples = labels[0];
        m_labels.exact = labels[1];
        for (std::size_t label = 0; label < m_labels.labels.size(); ++label)
            m_labels.labels[label] = {labels[2 + 4 * label], labels[3 + 4 * label], labels[4 + 4 * label], labels[5 + 4 * label]};
    }
    if (m_numbers)
        m_numbers->load(state);
}

PassResult PassMeter::result() const
{
    PassResult result;
    result.samples = m_flushedSamples;
    result.seconds = m_stopwatch.seconds();
    if (m_flushedSamples > 0) {
        result.loss = m_lossSum / static_cast<double>(m_flushedSamples);
        result.accuracy = static_cast<double>(m_correct) / static_cast<double>(m_flushedSamples);
    }
    if (m_numbers)
        result.numbers = m_numbers->scores();
    if (!m_labels.empty()) {
        result.labels = labelScores(m_labels);
        result.accuracy = result.labels->exactMatch;
    }
    return result;
}

} // namespace netloom
