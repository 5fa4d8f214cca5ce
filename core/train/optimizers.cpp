// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/optimizers.h"

#include "train/checkpoint.h"
#include "train/flat_optimizer.h"

#include <algorithm>
#include <sstream>

namespace netloom {

namespace {

class TorchOptimizer final : public Optimizer {
public:
    explicit TorchOptimizer(std::unique_ptr<torch::optim::Optimizer> optimizer) : m_optimizer(std::move(optimizer)) {}
    void forgetGradients() override { m_optimizer->zero_grad(); }
    void step() override { m_optimizer->step(); }

    void setLearningRate(double lr) override
    {
        for (torch::optim::OptimizerParamGroup &group : m_optimizer->param_groups())
            group.options().set_lr(lr);
    }

    void save(TrainState &state) const override
    {
        torch::serialize::OutputArchive archive;
        m_optimizer->save(archive);
        std::ostringstream stream;
        archive.save_to(stream);
        state.texts["optimizer/libtorch"] = std::move(stream).str();
    }

    void load(const TrainState &state) override
    {
        std::istringstream stream(textIn(state, "optimizer/libtorch"));
        torch::serialize::InputArchive archive;
        archive.load_from(stream);
        m_optimizer->load(archive);
    }

private:
    std::unique_ptr<torch::optim::Optimizer> m_optimizer;
};

} // namespace

std::unique_ptr<Optimizer> makeOptimizer(const Params &recipe, std::vector<torch::Tensor> parameters)
{
    if (std::ranges::all_of(parameters, FlatOptimizer::takes))
        return std::make_unique<FlatOptimizer>(recipe, std::move(parameters));
    return std::make_unique<TorchOptimizer>(makeTorchOptimizer(recipe, std::move(parameters)));
}

std::unique_ptr<torch::optim::Optimizer> makeTorchOptimizer(const Params &recipe, std::vector<torch::Tensor> parameters)
{
    using namespace torch::optim;
    const double lr = recipe.real("lr");
    const double weightDecay = recipe.real("weight_decay");
    const std::string &name = recipe.text("optimizer");
    if (name == "SGD")
        return std::make_unique<SGD>(std::move(parameters), SGDOptions(lr).momentum(recipe.real("momentum")).weight_decay(weightDecay));
    if (name == "AdamW")
        return std::make_unique<AdamW>(std::move(parameters), AdamWOptions(lr).weight_decay(weightDecay));
    return std::make_unique<Adam>(std::move(parameters), AdamOptions(lr).weight_decay(weightDecay));
}

} // namespace netloom
