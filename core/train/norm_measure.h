// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph_module.h"

#include <functional>
#include <vector>

namespace netloom {

/// Batch norms measure their means and variances anew over the batches that are passed through the network while it lives: an even mean over
/// the batches, as torch.optim.swa_utils.update_bn() takes it, in the place of one that forgets.
class NormMeasure {
public:
    /// Puts @p network, which must outlive it, into training, and what its batch norms measured so far back to the start. Frozen ones stay as
    /// they are.
    explicit NormMeasure(GraphModule &network);
    ~NormMeasure();
    NormMeasure(const NormMeasure &) = delete;
    NormMeasure &operator=(const NormMeasure &) = delete;

    /// Whether there is nothing to measure.
    bool empty() const { return m_setMomentum.empty(); }
    /// Before each batch.
    void nextBatch();

private:
    std::vector<std::function<void(double)>> m_setMomentum; ///< of every norm
    std::vector<double> m_momenta;                          ///< as they were
    std::int64_t m_batches = 0;
};

} // namespace netloom
