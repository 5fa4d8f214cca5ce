// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/compute_trial.h"

#include "graph/cache_folder.h"
#include "graph/flatten.h"
#include "model/graph_module.h"
#include "train/device.h"
#include "train/optimizers.h"
#include "train/stopwatch.h"

#include <torch/version.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>
#include <thread>
#include <unistd.h>

namespace netloom {

namespace {

constexpr double kTrialSeconds = 0.9;
constexpr double kPerCandidate = 0.05; ///< seconds of steps, after the first
constexpr int kMostSteps = 12;
constexpr double kTooSlow = 0.25; ///< a first step that takes longer ends the trial: such networks want every core
constexpr double kStepWork = 4e9; ///< multiply-adds and adds of the largest step tried
constexpr double kClearlyFaster = 0.97; ///< a later candidate must beat an earlier one by that much
constexpr const char *kFormat = "1";

/// The processor's name, so that a home folder on several machines remembers each.
std::string machineText()
{
    std::ifstream file("/proc/cpuinfo");
    std::string model = "processor";
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("model name")) {
            model = line.substr(line.find(':') + 1);
            break;
        }
    }
    return model + " x" + std::to_string(physicalCores()) + ", LibTorch " TORCH_VERSION;
}

/// Everything that a step's time depends on.
std::string networkText(const NodeRegistry &registry, const TrainPlan &plan)
{
    const FlatGraph flat = flatten(plan.graph, registry);
    std::ostringstream text;
    text << kFormat << '\n' << machineText() << '\n' << plan.recipe.text("optimizer") << ' ' << plan.recipe.integer("batch_size") << '\n'
         << plan.facts.channels << 'x' << plan.facts.height << 'x' << plan.facts.width << ' ' << plan.facts.classCount() << '\n';
    for (const auto &[id, node] : flat.graph.nodes()) {
        const NodeSpec *spec = registry.find(node.type);
        text << id.value << ' ' << node.type;
        for (const auto &[name, value] : node.params.values()) {
            const ParamDecl *decl = spec ? spec->findParam(name) : nullptr;
            if (decl && decl->type != ParamType::Path)
                text << ' ' << name << '=' << formatParam(value);
        }
        text << '\n';
    }
    for (const Link &link : flat.graph.links())
        text << link.from.node.value << '.' << link.from.port << ">" << link.to.node.value << '.' << link.to.port << '\n';
    return text.str();
}

/// FNV-1a, for a file's name; the file itself holds the whole text.
std::string nameOf(const std::string &text)
{
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char letter : text)
        hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3u;
    std::ostringstream name;
    name << std::hex << hash;
    return name.str();
}

/// One remembered answer: "THREADS LAYOUT", a line with what separates, then the text that it answers.
class TrialMemory {
public:
    explicit TrialMemory(std::string question) : m_question(std::move(question))
    {
        const std::filesystem::path folder = cacheFolder("trials");
        if (!folder.empty())
            m_file = folder / nameOf(m_question);
    }

    std::optional<ComputeChoice> recall() const
    {
        std::ifstream file(m_file);
        ComputeChoice choice;
        std::string layout;
        if (!(file >> choice.threads >> layout) || choice.threads < 1 || choice.threads > 1024)
            return std::nullopt;
        file.ignore();
        const std::string rest(std::istreambuf_iterator<char>(file), {});
        if (rest != m_question)
            return std::nullopt;
        choice.channelsLast = layout == "channels_last";
        return choice;
    }

    /// Nothing is lost where it can't be written: the next training tries again.
    void keep(const ComputeChoice &choice) const
    {
        if (m_file.empty())
            return;
        std::filesystem::path draft = m_file;
        draft += "." + std::to_string(::getpid());
        std::ofstream(draft) << choice.threads << ' ' << (choice.channelsLast ? "channels_last" : "contiguous") << '\n' << m_question;
        std::error_code ignored;
        std::filesystem::rename(draft, m_file, ignored);
    }

private:
    std::string m_question;
    std::filesystem::path m_file;
};

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
    TrialNetwork(const NodeRegistry &registry, const TrainPlan &plan, bool channelsLast)
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
        m_input = torch::randn(m_network->inputShape().withBatch(samples(plan)));
    }

    bool works() const { return m_network && m_network->inputShape().elementsPerSample() > 0 && m_network->parameterCount() > 0; }
    bool hasConvolution() const { return m_network->firstConvolution().has_value(); }

    void step()
    {
        m_optimizer->forgetGradients();
        m_network->forward(m_input).square().mean().backward();
        m_optimizer->step();
    }

private:
    /// The recipe's batch, or as much of it as a step can be tried with in time.
    std::int64_t samples(const TrainPlan &plan) const
    {
        const double work = 6.0 * static_cast<double>(std::max<std::int64_t>(1, m_network->multiplyAdds()));
        return std::clamp<std::int64_t>(static_cast<std::int64_t>(kStepWork / work), 2, std::max<std::int64_t>(2, plan.recipe.integer("batch_size")));
    }

    std::shared_ptr<GraphModule> m_network;
    std::unique_ptr<Optimizer> m_optimizer;
    torch::Tensor m_input;
};

double secondsOf(TrialNetwork &network)
{
    const Stopwatch watch;
    network.step();
    return watch.seconds();
}

/// The fastest candidate; nothing when not one was measured.
std::optional<ComputeChoice> tryOut(const NodeRegistry &registry, const TrainPlan &plan, const std::function<bool()> &stopped)
{
    const Stopwatch trial;
    TrialNetwork last(registry, plan, true);
    if (!last.works())
        return std::nullopt;
    std::optional<TrialNetwork> contiguous;
    if (last.hasConvolution())
        contiguous.emplace(registry, plan, false);
    std::optional<ComputeChoice> best;
    double bestSeconds = std::numeric_limits<double>::infinity();
    for (const int threads : threadCounts()) {
        for (const bool channelsLast : {true, false}) {
            if (!channelsLast && !contiguous)
                continue;
            if (stopped() || trial.seconds() > kTrialSeconds)
                return best;
            at::set_num_threads(threads);
            TrialNetwork &network = channelsLast ? last : *contiguous;
            const double first = secondsOf(network); // makes oneDNN's code, too
            if (first > kTooSlow)
                return best;
            double seconds = first;
            const Stopwatch candidate;
            for (int step = 0; step < kMostSteps && candidate.seconds() < kPerCandidate && trial.seconds() < kTrialSeconds; ++step)
                seconds = std::min(seconds, secondsOf(network));
            if (seconds < bestSeconds * kClearlyFaster) {
                best = ComputeChoice{threads, channelsLast};
                bestSeconds = seconds;
            }
        }
    }
    return best;
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
    const TrialMemory memory(networkText(registry, plan));
    if (const auto remembered = memory.recall())
        return *remembered;
    const auto tried = tryOut(registry, plan, stopped);
    if (tried && !stopped())
        memory.keep(*tried);
    return tried.value_or(planned);
}

} // namespace netloom
