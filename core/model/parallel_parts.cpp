// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/parallel_parts.h"

#include <ATen/TensorIterator.h>
#include <torch/torch.h>

namespace netloom {

void inParts(std::int64_t count, const std::function<void(std::int64_t part, std::int64_t from, std::int64_t to)> &work)
{
    const torch::Tensor parts = torch::empty({kParts}, torch::kUInt8); // each thread is handed addresses in it
    char *const begin = static_cast<char *>(parts.data_ptr());
    at::TensorIterator elements = at::TensorIterator::borrowing_nullary_op(parts);
    elements.for_each(
        [&](char **data, const std::int64_t *, std::int64_t size, std::int64_t) { // of one row alone
            for (std::int64_t part = data[0] - begin, last = part + size; part < last; ++part) {
                const std::int64_t from = count * part / kParts;
                const std::int64_t to = count * (part + 1) / kParts;
                if (from < to)
                    work(part, from, to);
            }
        },
        1);
}

} // namespace netloom
