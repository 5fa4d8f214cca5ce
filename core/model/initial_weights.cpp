// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/initial_weights.h"

#include "layers/layer.h"

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

} // namespace

std::mutex &initialWeightsMutex()
{
    static std::mutex mutex;
    return mutex;
}

std::shared_ptr<Layer> buildSeededLayer(const NodeSpec &spec, const Params &params, const ShapeList &in, std::uint64_t seed)
{
    const std::lock_guard lock(initialWeightsMutex());
    const SeededGenerator seeded(seed);
    return spec.buildLayer(params, in);
}

} // namespace netloom
