// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/compute_trial.h"

#include "model/graph_module.h"
#include "train/device.h"
#include "train/mixed_precision.h"
#include "train/optimizers.h"
#include "train/process_settings.h"
#include "train/remembered.h"
#include "train/stopwatch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

namespace netloom {

namespace {

constexpr double kTrialSeconds = 0.9;
constexpr int kTurns = 4; ///< for each candidate
constexpr int kSteps = 4; ///< in a turn
constexpr double kHopeless = 1.3; ///< a candidate that much slower than the best gets no more turns
constexpr double kStepWork = 1e9; ///< floating point operations of the largest step tried
constexpr double kMostWork = 4e10; ///< networks that do more with two samples want every core anyway
constexpr double kClearlyFaster = 0.97; ///< a later candidate must beat an earlier one by that much
constexpr double kTwiceTheThreads = 1.2; ///< must pay that much at least: loading and the window want a core too, and wait for none
constexpr const char *kFormat = "3"; ///< another where steps are computed, or choices made, in another way

/// "THREADS LAYOUT"
std::string textOf(const ComputeChoice &choice)
{
    return std::to_string(choice.threads) + " " + (choice.channelsLast ? "channels_last" : "contiguous");
}

std::optional<ComputeChoice> choiceIn(const std::string &text)
{
    std::istringstream words(text);
    ComputeChoice choice;
    std::string layout;
    if (!(words >> choice.threads >> layout) || choice.threads < 1 || choice.threads > 1024)
        return std::nullopt;
    choice.channelsLast = layout == "channels_last";
    return choice;
}

/// 1, 2, 4 … and all cores, the most first.
std::vector<int> threadCounts()
{
    const int cores = physicalCores();
    std::vector<int> counts{cores};
    for (int count = 1; count < cores; count *= 2)
        counts.insert(counts.begin() + 1, count);
    return counts;
}

/// A network that is thrown away afterwards.
class TrialNetwork {
public:
    TrialNetwork(const NodeRegistry &registry, const TrainPlan &plan, bool channelsLast) : m_precision(plan.recipe, torch::kCPU)
    {
        auto built = GraphModule::build(plan.graph, registry, plan.facts, 0);
        if (const auto *network = std::get_if<std::shared_ptr<GraphModule>>(&built))
            m_network = *network;
        if (!works())
            return;
        m_network->train();
        if (channelsLast)
            m_network->useChannelsLast();
        m_optimizer = makeOptimizer(plan.recipe, m_network->parameters());
        m_input = torch::zeros(m_network->inputShape().withBatch(samples(plan)));
    }

    bool works() const { return m_network && m_network->parameterCount() > 0 && 2 * work() < kMostWork; }
    bool hasConvolution() const { return m_network->firstConvolution().has_value(); }

    void step()
    {
        m_optimizer->forgetGradients();
        const torch::Tensor loss = learn();
        m_optimizer->step([&] { return loss; }); // LBFGS steps several times, which takes as long as what it is told costs
    }

private:
    torch::Tensor learn()
    {
        GraphModule::HeadOutputs outputs;
        {
            const MixedPrecision::Scope scope(m_precision);
            outputs = m_network->forwardHeads(m_input);
        }
        torch::Tensor loss = outputs.main.to(torch::kFloat32).square().mean();
        for (const torch::Tensor &other : outputs.others)
            loss = loss + other.to(torch::kFloat32).square().mean();
        loss.backward();
        return loss.detach();
    }

    /// The recipe's batch, or as much of it as a step can be tried with in time.
    std::int64_t samples(const TrainPlan &plan) const
    {
        return std::clamp<std::int64_t>(static_cast<std::int64_t>(kStepWork / work()), 2, std::max<std::int64_t>(2, plan.recipe.integer("batch_size")));
    }

    /// Of one sample, forward and backward.
    double work() const { return 6.0 * static_cast<double>(std::max<std::int64_t>(1, m_network->multiplyAdds())); }

    std::shared_ptr<GraphModule> m_network;
    MixedPrecision m_precision;
    std::unique_ptr<Optimizer> m_optimizer;
    torch::Tensor m_input;
};

double secondsOf(TrialNetwork &network)
{
    const Stopwatch watch;
    network.step();
    return watch.seconds();
}

struct TrialResult {
    std::optional<ComputeChoice> best; ///< nothing where time ran out too early
    bool complete = false;             ///< all were measured: worth remembering
};

struct Candidate {
    ComputeChoice choice;
    TrialNetwork *network = nullptr;
    double seconds = std::numeric_limits<double>::infinity(); ///< of its fastest step

    double cost() const { return seconds * std::pow(kTwiceTheThreads, std::log2(choice.threads)); }

    /// The first step after another candidate's is slow, for threads start anew.
    void measure(int steps, const std::function<bool()> &stopped)
    {
        at::set_num_threads(choice.threads);
        for (int step = 0; step < steps && !stopped(); ++step)
            seconds = std::min(seconds, secondsOf(*network));
    }
};

/// The fastest candidate of those that there was time for. They take turns, so that what disturbs the machine for a moment disturbs all.
TrialResult tryOut(const NodeRegistry &registry, const TrainPlan &plan, const std::function<bool()> &stopped)
{
    const Stopwatch trial;
    TrialNetwork last(registry, plan, true);
    if (!last.works())
        return {};
    std::optional<TrialNetwork> contiguous;
    if (last.hasConvolution())
        contiguous.emplace(registry, plan, false);
    std::vector<Candidate> candidates;
    for (const int threads : threadCounts()) {
        candidates.push_back({{threads, true}, &last});
        if (contiguous)
            candidates.push_back({{threads, false}, &*contiguous});
    }
    std::size_t measured = 0;
    Candidate *best = nullptr;
    for (int turn = 0; turn < kTurns; ++turn) {
        for (Candidate &candidate : candidates) {
            if (stopped() || trial.seconds() > kTrialSeconds)
                break;
            if (turn > 1 && candidate.seconds > best->seconds * kHopeless)
                continue;
            candidate.measure(turn == 0 ? 1 : kSteps, stopped); // the first step of all makes oneDNN's code, too
            ++measured;
        }
        best = nullptr;
        for (Candidate &candidate : candidates) {
            if (!best || candidate.cost() < best->cost() * kClearlyFaster)
                best = &candidate;
        }
    }
    // With one turn alone nobody knows what was the step and what its preparation.
    const bool complete = measured >= 2 * candidates.size();
    return {measured > candidates.size() ? std::optional(best->choice) : std::nullopt, complete};
}

} // namespace

ComputeChoice plannedCompute(const Params &recipe)
{
    const auto threads = static_cast<int>(recipe.integer("threads"));
    return {threads > 0 ? threads : physicalCores(), true};
}

ComputeChoice chooseCompute(const NodeRegistry &registry, const TrainPlan &plan, const std::function<bool()> &stopped)
{
    const ComputeChoice planned = plannedCompute(plan.recipe);
    if (plan.recipe.integer("threads") > 0 || !plan.recipe.flag("trial"))
        return planned;
    const Remembered memory("trials", networkText(registry, plan));
    if (const auto remembered = choiceIn(memory.recall()))
        return *remembered;
    TrialResult tried;
    try {
        tried = tryOut(registry, plan, stopped);
    } catch (const std::exception &) { // memory for copies of the network: training itself may do without
        tried = {};
    }
    returnFreedMemory();
    if (tried.complete && tried.best)
        memory.keep(textOf(*tried.best));
    return tried.best.value_or(planned);
}

void rememberCompute(const NodeRegistry &registry, const TrainPlan &plan, const ComputeChoice &choice)
{
    Remembered("trials", networkText(registry, plan)).keep(textOf(choice));
}

} // namespace netloom
