// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/machine_speed.h"

#include "layers/matrix_product.h"
#include "train/device.h"
#include "train/stopwatch.h"

#include <algorithm>

namespace netloom {

double sgemmRate(int threads)
{
    constexpr std::int64_t kSide = 1024;
    constexpr int kTimes = 40;
    useCpu(threads);
    const torch::Tensor a = torch::rand({kSide, kSide});
    const torch::Tensor b = torch::rand({kSide, kSide});
    torch::Tensor c = torch::empty({kSide, kSide});
    double best = 0;
    for (int time = 0; time < kTimes; ++time) {
        const Stopwatch watch;
        multiply(false, false, kSide, kSide, kSide, a.data_ptr<float>(), b.data_ptr<float>(), c.data_ptr<float>());
        best = std::max(best, 2.0 * kSide * kSide * kSide / watch.seconds());
    }
    return best;
}

} // namespace netloom
