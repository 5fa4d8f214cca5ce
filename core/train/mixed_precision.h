// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"
#include "train/train_state.h"

#include <torch/torch.h>

#include <vector>

namespace netloom {

/// Matrix products and convolutions with 16 bits, as the recipe wants: bfloat16 on a CPU that has it, float16 on a GPU, there with a scaled
/// loss so that small gradients aren't lost (Micikevicius et al. 2018). Weights, gradients and the loss stay as they are.
class MixedPrecision {
public:
    /// Throws std::runtime_error with a sentence where the recipe wants it and the device has no fast way.
    MixedPrecision(const Params &recipe, const torch::Device &device);

    bool active() const { return m_kind != Kind::None; }
    /// "bfloat16", "float16" or "float32": for reports.
    const char *name() const;

    /// On this thread, forward passes compute with 16 bits while it lives.
    class Scope {
    public:
        explicit Scope(const MixedPrecision &precision);
        ~Scope();
        Scope(const Scope &) = delete;
        Scope &operator=(const Scope &) = delete;

    private:
        const MixedPrecision &m_precision;
    };

    /// What backward() is called on.
    torch::Tensor scaled(const torch::Tensor &loss) const;
    /// Takes the scale out of the gradients and fits it to them. False where they overflowed: the step must be left out.
    bool unscale(const std::vector<torch::Tensor> &parameters);

    void save(TrainState &state) const;
    void load(const TrainState &state);

private:
    enum class Kind { None, BFloat16, Float16 };
    static Kind kindFor(const Params &recipe, const torch::Device &device);
    void enable(bool on) const;

    torch::Device m_device;
    Kind m_kind = Kind::None;
    double m_scale = 65536;
    std::int64_t m_goodSteps = 0; ///< since the scale changed
};

/// Whether this machine's processor multiplies bfloat16 numbers by itself.
bool cpuHasBFloat16();

} // namespace netloom
