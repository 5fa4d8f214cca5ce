// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/optimizers.h"

#include "train/flat_optimizer.h"
#include "train/lbfgs.h"
#include "train/lion.h"
#include "train/checkpoint.h"

#include <algorithm>
#include <sstream>

namespace netloom {

namespace {

constexpr char kArchive[] = "optimizer/archive";

class TorchOptimizer final : public Optimizer {
public:
    TorchOptimizer(std::unique_ptr<torch::optim::Optimizer> optimizer, std::vector<double> lrScales)
        : m_optimizer(std::move(optimizer)), m_lrScales(std::move(lrScales))
    {
    }

    void forgetGradients() override
    {
        for (torch::optim::OptimizerParamGroup &group : m_optimizer->param_groups()) {
            for (torch::Tensor &parameter : group.params())
                parameter.mutable_grad().reset();
        }
    }
    void step(const Again &) override { m_optimizer->step(); }

    void setLearningRate(double lr) override
    {
        for (std::size_t index = 0; index < m_lrScales.size(); ++index)
            m_optimizer->param_groups()[index].options().set_lr(lr * m_lrScales[index]);
    }

    void save(TrainState &state) const override
    {
        torch::serialize::OutputArchive archive;
        m_optimizer->save(archive);
        std::ostringstream stream;
        archive.save_to(stream);
        const std::string bytes = stream.str();
        torch::Tensor tensor = torch::empty({static_cast<std::int64_t>(bytes.size())}, torch::kUInt8);
        std::ranges::copy(bytes, reinterpret_cast<char *>(tensor.data_ptr<std::uint8_t>()));
        state.tensors.emplace_back(kArchive, tensor);
    }

    void load(const TrainState &state) override
    {
        const torch::Tensor bytes = tensorIn(state, kArchive).to(torch::kUInt8).contiguous();
        std::istringstream stream(std::string(reinterpret_cast<const char *>(bytes.data_ptr<std::uint8_t>()), static_cast<std::size_t>(bytes.numel())));
        torch::serialize::InputArchive archive;
        archive.load_from(stream);
        m_optimizer->load(archive);
    }

private:
    std::unique_ptr<torch::optim::Optimizer> m_optimizer;
    std::vector<double> m_lrScales; ///< of every group
};

bool flatTakes(const std::vector<ParameterGroup> &groups)
{
    return std::ranges::all_of(groups, [](const ParameterGroup &group) { return std::ranges::all_of(group.parameters, FlatOptimizer::takes); });
}

/// All parameters, as LBFGS takes them.
ParameterGroup joined(const std::vector<ParameterGroup> &groups)
{
    ParameterGroup all{.lrScale = groups.empty() ? 1 : groups.front().lrScale};
    for (const ParameterGroup &group : groups) {
        if (group.lrScale != all.lrScale)
            throw std::runtime_error("LBFGS steps all weights together and can't learn at different paces: set lr_scale of all nodes to 1, or choose another optimizer.");
        all.parameters.insert(all.parameters.end(), group.parameters.begin(), group.parameters.end());
    }
    return all;
}

} // namespace

std::pair<double, double> betasOf(const Params &recipe)
{
    if (recipe.keyword("betas") == "usual")
        return recipe.text("optimizer") == "Lion" ? std::pair(0.9, 0.99) : std::pair(0.9, 0.999);
    const auto &betas = recipe.reals("betas");
    if (betas.size() != 2)
        throw std::runtime_error("betas must be two numbers, such as 0.9, 0.999, but is " + formatParam(recipe.at("betas")) + ".");
    return {betas[0], betas[1]};
}

std::unique_ptr<Optimizer> makeOptimizer(const Params &recipe, std::vector<torch::Tensor> parameters)
{
    return makeOptimizer(recipe, std::vector<ParameterGroup>{{.parameters = std::move(parameters)}});
}

std::unique_ptr<Optimizer> makeOptimizer(const Params &recipe, std::vector<ParameterGroup> groups)
{
    if (recipe.text("optimizer") == "LBFGS")
        return std::make_unique<Lbfgs>(recipe, joined(groups));
    if (flatTakes(groups))
        return std::make_unique<FlatOptimizer>(recipe, std::move(groups));
    if (recipe.text("optimizer") == "Lion")
        return std::make_unique<Lion>(recipe, std::move(groups));
    std::vector<double> lrScales;
    for (const ParameterGroup &group : groups)
        lrScales.push_back(group.lrScale);
    auto optimizer = std::make_unique<TorchOptimizer>(makeTorchOptimizer(recipe, groups), std::move(lrScales));
    optimizer->setLearningRate(recipe.real("lr"));
    return optimizer;
}

std::unique_ptr<torch::optim::Optimizer> makeTorchOptimizer(const Params &recipe, const std::vector<ParameterGroup> &groups)
{
    using namespace torch::optim;
    const double lr = recipe.real("lr");
    const double decay = recipe.real("weight_decay");
    const std::string &name = recipe.text("optimizer");
    std::vector<OptimizerParamGroup> all;
    for (const ParameterGroup &group : groups)
        all.emplace_back(group.parameters);
    if (name == "SGD")
        return std::make_unique<SGD>(all, SGDOptions(lr).momentum(recipe.real("momentum")).nesterov(recipe.flag("nesterov") && recipe.real("momentum") > 0).weight_decay(decay));
    if (name == "RMSprop")
        return std::make_unique<RMSprop>(all, RMSpropOptions(lr).alpha(recipe.real("alpha")).weight_decay(decay));
    if (name == "Adagrad")
        return std::make_unique<Adagrad>(all, AdagradOptions(lr).weight_decay(decay));
    if (name == "Lion" || name == "LBFGS")
        return nullptr;
    const auto betas = betasOf(recipe);
    if (name == "AdamW")
        return std::make_unique<AdamW>(all, AdamWOptions(lr).betas(betas).weight_decay(decay));
    return std::make_unique<Adam>(all, AdamOptions(lr).betas(betas).weight_decay(decay));
}

} // namespace netloom
