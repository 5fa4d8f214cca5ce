// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/initial_weights.h"

#include "layers/layer.h"
#include "layers/rules.h"

#include <ATen/CPUGeneratorImpl.h>

namespace netloom {

namespace {

/// Seeds the generator of the processor alone, not those of GPUs, and puts it back.
class SeededGenerator {
public:
    explicit SeededGenerator(std::uint64_t seed) : m_generator(at::detail::getDefaultCPUGenerator())
    {
        const std::lock_guard lock(m_generator.mutex());
        m_state = m_generator.get_state();
        m_generator.set_current_seed(seed);
    }
    ~SeededGenerator()
    {
        const std::lock_guard lock(m_generator.mutex());
        m_generator.set_state(m_state);
    }
    SeededGenerator(const SeededGenerator &) = delete;
    SeededGenerator &operator=(const SeededGenerator &) = delete;

private:
    at::Generator m_generator;
    torch::Tensor m_state;
};

constexpr double kNormalDeviation = 0.02;

/// Matrices and filters as @p rule says; biases become 0, and the scales of norms stay.
void initialize(torch::nn::Module &module, const std::string &rule)
{
    const torch::NoGradGuard noGrad;
    for (auto &named : module.named_parameters()) {
        torch::Tensor weight = named.value();
        if (weight.dim() < 2) {
            if (named.key().find("bias") != std::string::npos)
                weight.zero_();
        } else if (rule == "zeros") {
            weight.zero_();
        } else if (rule == "uniform") {
            weight.uniform_(0, 1);
        } else if (rule == "normal") {
            weight.normal_(0, kNormalDeviation);
        } else if (rule == "xavier") {
            torch::nn::init::xavier_uniform_(weight);
        } else if (rule == "kaiming") {
            torch::nn::init::kaiming_normal_(weight, 0, torch::kFanIn, torch::kReLU);
        } else if (rule == "orthogonal") {
            torch::nn::init::orthogonal_(weight);
        }
    }
}

} // namespace

std::mutex &initialWeightsMutex()
{
    static std::mutex mutex;
    return mutex;
}

std::shared_ptr<Layer> buildLayer(const NodeSpec &spec, const Params &params, const ShapeList &in)
{
    std::shared_ptr<Layer> layer = spec.buildLayer(params, in);
    const ParamDecl *init = spec.findParam(kInitParam);
    if (init && init->type == ParamType::Choice && params.text(kInitParam) != "default" && layer->module()) // PReLU's init is a number
        initialize(*layer->module(), params.text(kInitParam));
    return layer;
}

std::shared_ptr<Layer> buildSeededLayer(const NodeSpec &spec, const Params &params, const ShapeList &in, std::uint64_t seed)
{
    const std::lock_guard lock(initialWeightsMutex());
    const SeededGenerator seeded(seed);
    return buildLayer(spec, params, in);
}

} // namespace netloom
