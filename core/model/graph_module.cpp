// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph_module.h"

#include "data/random.h"
#include "model/failure.h"
#include "model/initial_weights.h"

#include <algorithm>

namespace netloom {

namespace {

/// A copy with the channels last in memory. contiguous() leaves a tensor of one channel as it is, since its strides fit both layouts, and
/// convolutions then take the slower way.
torch::Tensor withChannelsLast(const torch::Tensor &tensor)
{
    return torch::empty(tensor.sizes(), tensor.options(), at::MemoryFormat::ChannelsLast).copy_(tensor);
}

} // namespace

void GraphModule::reseed(std::uint64_t seed)
{
    std::uint64_t place = 0;
    for (const Step &step : m_steps)
        step.layer->reseed(mixSeed({seed, ++place}));
    const std::lock_guard lock(initialWeightsMutex()); // nobody who draws initial weights is disturbed
    torch::manual_seed(seed);
}

std::vector<torch::Tensor> GraphModule::run(const torch::Tensor &batch, bool allHeads)
{
    std::vector<torch::Tensor> slots(m_slotCount);
    slots[0] = m_channelsLast && batch.dim() == 4 ? withChannelsLast(batch) : batch;
    std::vector<bool> done(m_steps.size());
    for (std::size_t index = 0; index < m_steps.size(); ++index) {
        const Step &step = m_steps[index];
        if (!done[index] && (allHeads || step.leadsToMain))
            blaming(step.node, step.label, [&] { runStep(index, slots, done); });
        for (const std::size_t slot : step.lastUses)
            slots[slot].reset();
    }
    return slots;
}

torch::Tensor GraphModule::forward(const torch::Tensor &batch)
{
    return run(batch, false)[mainHead().slot];
}

GraphModule::HeadOutputs GraphModule::forwardHeads(const torch::Tensor &batch)
{
    const std::vector<torch::Tensor> slots = run(batch, true);
    HeadOutputs outputs{slots[mainHead().slot], {}};
    for (std::size_t index = 1; index < m_heads.size(); ++index)
        outputs.others.push_back(slots[m_heads[index].slot]);
    return outputs;
}

torch::Tensor GraphModule::lossOf(const HeadOutputs &outputs, const torch::Tensor &target)
{
    torch::Tensor sum = lossOf(outputs.main, target);
    if (m_heads.size() == 1) // one alone counts as it is
        return sum;
    sum = sum * mainHead().weight;
    for (std::size_t index = 0; index < outputs.others.size(); ++index) {
        sum = sum + m_heads.at(index + 1).weight * lossOf(outputs.others[index], target, index + 1);
    }
    return sum;
}

void GraphModule::runStep(std::size_t index, std::vector<torch::Tensor> &slots, std::vector<bool> &done)
{
    const Step &step = m_steps[index];
    std::vector<torch::Tensor> inputs;
    for (const std::size_t slot : step.inputs)
        inputs.push_back(slots[slot]);
    if (step.fusion && takesNormReluPool(*step.fusion->norm, inputs.at(0))) {
        const std::size_t last = step.fusion->steps.empty() ? index : step.fusion->steps.back();
        slots[m_steps[last].firstOutput] = normReluPool(*step.fusion->norm, step.fusion->followers, inputs[0]);
        for (const std::size_t follower : step.fusion->steps)
            done[follower] = true;
        return;
    }
    std::ranges::move(step.layer->forwardAll(inputs), slots.begin() + static_cast<std::ptrdiff_t>(step.firstOutput));
}

torch::Tensor GraphModule::lossOf(const torch::Tensor &output, const torch::Tensor &target, std::size_t head)
{
    const Head &judge = m_heads.at(head);
    return blaming(judge.node, judge.label, [&] { return judge.loss->forward(output, target); });
}

torch::Tensor GraphModule::predictionsOf(const torch::Tensor &output, std::size_t head)
{
    const Head &judge = m_heads.at(head);
    return blaming(judge.node, judge.label, [&] {
        if (m_numberScale)
            return output.squeeze(1);
        return m_severalLabels ? judge.loss->probabilities(output).ge(0.5).to(torch::kLong) : judge.loss->predictions(output);
    });
}

torch::Tensor GraphModule::probabilitiesOf(const torch::Tensor &output, std::size_t head)
{
    const Head &judge = m_heads.at(head);
    return blaming(judge.node, judge.label, [&] { return judge.loss->probabilities(output); });
}

std::vector<std::string> GraphModule::headNames() const
{
    std::vector<std::string> names;
    for (const Head &head : m_heads)
        names.push_back(head.name);
    return names;
}

void GraphModule::weighClasses(const torch::Tensor &weights)
{
    for (const Head &head : m_heads)
        head.loss->weighClasses(weights);
}

std::int64_t GraphModule::parameterCount() const
{
    std::int64_t count = 0;
    for (const torch::Tensor &parameter : parameters())
        count += parameter.numel();
    return count;
}

std::map<double, std::vector<torch::Tensor>> GraphModule::learningParameters() const
{
    std::map<double, std::vector<torch::Tensor>> groups;
    for (const Step &step : m_steps) {
        const auto module = step.layer->module();
        if (!module || step.frozen || step.lrScale == 0)
            continue;
        for (const torch::Tensor &parameter : module->parameters())
            groups[step.lrScale].push_back(parameter);
    }
    return groups;
}

void GraphModule::train(bool on)
{
    torch::nn::Module::train(on);
    for (const Step &step : m_steps) {
        const auto module = step.layer->module();
        if (on && module && step.frozen && (!module->parameters().empty() || !module->buffers().empty())) // dropout has none, and goes on
            module->eval();
    }
}

void GraphModule::useChannelsLast()
{
    if (!firstConvolution())
        return;
    m_channelsLast = true;
    for (torch::Tensor &parameter : parameters()) {
        if (parameter.dim() == 4)
            parameter.set_data(withChannelsLast(parameter.detach()));
    }
}

std::optional<std::pair<std::string, torch::Tensor>> GraphModule::firstConvolution() const
{
    for (const Step &step : m_steps) {
        if (const auto convolution = std::dynamic_pointer_cast<torch::nn::Conv2dImpl>(step.layer->module()))
            return std::pair(step.name, convolution->weight.detach());
    }
    return std::nullopt;
}

NamedTensors GraphModule::stateDict() const
{
    NamedTensors tensors;
    for (const Step &step : m_steps) {
        const auto module = step.layer->module();
        if (!module)
            continue;
        for (const auto &parameter : module->named_parameters())
            tensors.emplace_back(step.name + "." + parameter.key(), parameter.value().detach());
        for (const auto &buffer : module->named_buffers())
            tensors.emplace_back(step.name + "." + buffer.key(), buffer.value().detach());
    }
    return tensors;
}

Result<Done> GraphModule::loadStateDict(const NamedTensors &tensors)
{
    const torch::NoGradGuard noGrad;
    const auto nameOf = [](const auto &named) -> const std::string & { return named.first; };
    const NamedTensors own = stateDict();
    for (const auto &[name, tensor] : tensors) {
        if (std::ranges::find(own, name, nameOf) == own.end())
            return Error{"The weights have a tensor '" + name + "' that this network lacks: they belong to another network."};
    }
    for (const auto &[name, target] : own) {
        const auto found = std::ranges::find(tensors, name, nameOf);
        if (found == tensors.end())
            return Error{"The weights lack the tensor '" + name + "': they belong to another network."};
        const torch::Tensor &source = found->second;
        if (source.sizes() != target.sizes() || source.is_floating_point() != target.is_floating_point())
            return Error{"The tensor '" + name + "' of the weights has the shape " + Shape(source.sizes().vec()).toString()
                + " but the network needs " + Shape(target.sizes().vec()).toString() + ": they belong to another network."};
    }
    for (const auto &[name, target] : own)
        torch::Tensor(target).copy_(std::ranges::find(tensors, name, nameOf)->second);
    return Done{};
}

} // namespace netloom
