// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/learner.h"

#include "model/failure.h"
#include "model/weights_file.h"
#include "train/checkpoint.h"
#include "train/device.h"
#include "train/process_settings.h"

#include <algorithm>

namespace netloom {

Learner::Learner(const NodeRegistry &registry, const TrainPlan &plan, const std::optional<ComputeChoice> &compute,
    const std::function<bool()> &stopped)
    : m_plan(plan)
{
    const Params &recipe = plan.recipe;
    const auto device = chooseDevice(recipe.text("device"));
    if (!device)
        throw std::runtime_error(device.error().text);
    m_device = *device;
    useCpu(recipe.integer("threads"));
    returnFreedMemory(); // what reading the data left behind
    m_compute = compute ? *compute : m_device.is_cpu() ? chooseCompute(registry, plan, stopped) : plannedCompute(recipe);
    useCpu(m_compute.threads);
    if (m_device.is_cuda()) {
        at::globalContext().setDeterministicCuDNN(true);
        at::globalContext().setBenchmarkCuDNN(false);
    }
    auto built = GraphModule::build(plan.graph, registry, plan.facts, static_cast<std::uint64_t>(recipe.integer("seed")));
    if (const auto *issue = std::get_if<Issue>(&built))
        throw NodeFailure(issue->node, issue->text);
    m_network = std::get<0>(built);
    if (m_network->parameterCount() == 0)
        throw std::runtime_error("There is nothing to learn: add a layer with weights, for example Linear.");
    if (!compute) // else training goes on with the weights of its checkpoint
        takeStartWeights(recipe.text("start_from"));
    m_network->to(m_device);
    m_compute.channelsLast &= m_device.is_cpu() && m_network->firstConvolution().has_value();
    if (m_compute.channelsLast)
        m_network->useChannelsLast();
    std::vector<ParameterGroup> groups;
    for (auto &[scale, parameters] : m_network->learningParameters())
        groups.push_back({.parameters = parameters, .lrScale = scale});
    if (groups.empty())
        throw std::runtime_error("There is nothing to learn, since every layer with weights is frozen: let at least the last one learn.");
    m_rules = std::make_unique<StepRules>(recipe, std::move(groups), m_device, plan.batchesIn(Split::Train, plan.facts.total("train")));
    m_average = std::make_unique<AveragedWeights>(recipe, *m_network);
    if (recipe.text("class_weights") == "balanced")
        m_classWeights = classWeights(plan.facts);
}

void Learner::takeStartWeights(const std::string &path)
{
    if (path.empty())
        return;
    const auto given = readWeightsFile(path);
    if (!given)
        throw std::runtime_error(given.error().text);
    const WeightTable table = takeWeights(m_network->stateDict(), *given);
    if (table.count(WeightFit::Taken) == 0)
        throw std::runtime_error("Not one tensor in '" + path + "' has the name and shape of one in this network (" + table.summary()
            + "): name the nodes as they are named there, or leave start_from empty.");
    m_startWeights = table.summary();
}

/// n/(k·n_c) for a class with n_c of the n training samples in k classes, as scikit-learn's "balanced"; 0 for a class without any.
torch::Tensor Learner::classWeights(const SourceFacts &facts) const
{
    const auto counts = facts.counts.find("train");
    const std::int64_t classes = m_network->classCount();
    if (counts == facts.counts.end() || classes < 2 || static_cast<std::int64_t>(counts->second.size()) != classes)
        return {};
    const auto all = static_cast<double>(facts.total("train"));
    torch::Tensor weights = torch::zeros({classes});
    for (std::int64_t label = 0; label < classes; ++label) {
        if (const std::int64_t count = counts->second[static_cast<std::size_t>(label)]; count > 0)
            weights[label] = all / static_cast<double>(classes * count);
    }
    return weights.to(m_device);
}

void Learner::checkData(const BatchSource &data) const
{
    const std::int64_t samples = data.sampleCount(Split::Train);
    if (samples == 0)
        throw std::runtime_error("There are no training samples: choose other data, or smaller val and test fractions.");
    const Shape sample = data.sampleShape();
    if (!takesSamples(*m_network, sample))
        throw std::runtime_error("The data gives samples of " + sample.toString() + " but the network takes "
            + m_network->inputShape().toString() + ": add Resize before ToTensor so that all samples have one size.");
    if (m_network->needsTwoSamples() && (m_plan.recipe.integer("batch_size") == 1 || samples == 1))
        throw std::runtime_error("A batch norm over single numbers needs at least two samples in a batch: set batch_size to 2 or more.");
}

void Learner::beginTraining()
{
    m_network->train();
    m_network->weighClasses(m_classWeights);
}

void Learner::beginEvaluation()
{
    m_network->eval();
    m_network->weighClasses({});
}

void Learner::step(Batch &batch, std::uint64_t seed, const Judge &judge)
{
    if (batch.count == 1 && m_network->needsTwoSamples())
        return; // what is left over at an epoch's end can't be normalized
    m_network->reseed(seed);
    const BatchTensors tensors = toTensors(batch, *m_network, m_device);
    m_rules->beginBatch();
    const Answer first = answer(tensors);
    judge(first.loss, m_network->predictionsOf(first.outputs.main.detach()));
    const auto again = [&] {
        m_network->reseed(seed);
        return answer(tensors).loss;
    };
    if (m_rules->learn(first.loss, again))
        m_average->stepDone();
}

void Learner::endBatches(std::int64_t epoch)
{
    if (m_rules->endBatches())
        m_average->stepDone();
    m_average->epochDone(epoch);
}

void Learner::measureNorms(NormMeasure &norms, Batch &batch, std::uint64_t seed)
{
    if (batch.count == 1 && m_network->needsTwoSamples())
        return;
    const torch::NoGradGuard noGrad;
    m_network->reseed(seed);
    const BatchTensors tensors = toTensors(batch, *m_network, m_device);
    norms.nextBatch();
    const MixedPrecision::Scope scope = m_rules->forwardScope();
    m_network->forwardHeads(tensors.input);
}

Learner::Answer Learner::answer(const BatchTensors &tensors)
{
    GraphModule::HeadOutputs outputs;
    {
        const MixedPrecision::Scope scope = m_rules->forwardScope();
        outputs = m_network->forwardHeads(tensors.input);
    }
    if (m_rules->precision().active())
        outputs = outputs.each([](const torch::Tensor &output) { return output.to(torch::kFloat32); });
    return {m_network->lossOf(outputs, tensors.target), outputs};
}

void Learner::evaluate(Batch &batch, const Judge &judge, const HeadJudge &judgeHead)
{
    const torch::NoGradGuard noGrad;
    const BatchTensors tensors = toTensors(batch, *m_network, m_device);
    const Answer given = answer(tensors);
    judge(given.loss, m_network->predictionsOf(given.outputs.main));
    for (std::size_t head = 0; judgeHead && head <= given.outputs.others.size(); ++head) {
        const torch::Tensor &output = given.outputs.of(head);
        judgeHead(head, m_network->lossOf(output, tensors.target, head), m_network->predictionsOf(output, head));
    }
}

void Learner::save(TrainState &state) const
{
    const AveragedWeights::Apart own(*m_average);
    putTensors(state, "network", m_network->stateDict());
    m_rules->save(state);
    m_average->save(state);
    putWhole(state, "learner/compute", {m_compute.threads, m_compute.channelsLast});
}

void Learner::load(const TrainState &state)
{
    if (const auto loaded = m_network->loadStateDict(tensorsIn(state, "network")); !loaded)
        throw std::runtime_error(loaded.error().text);
    m_rules->load(state);
    m_average->load(state);
}

ComputeChoice Learner::computeIn(const TrainState &state)
{
    const auto kept = wholeIn(state, "learner/compute", 2);
    return {static_cast<int>(std::clamp<std::int64_t>(kept[0], 1, 1024)), kept[1] != 0};
}

} // namespace netloom
