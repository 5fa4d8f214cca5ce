// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/shape.h"

#include <algorithm>

namespace netloom {

bool Shape::known() const
{
    return !m_dims.empty()
        && std::ranges::none_of(m_dims, [](std::int64_t size) { return size == kUnknown; });
}

std::int64_t Shape::elementsPerSample() const
{
    if (!known())
        return kUnknown;
    std::int64_t product = 1;
    for (std::int64_t size : m_dims) {
        if (size != kBatch)
            product *= size;
    }
    return product;
}

std::vector<std::int64_t> Shape::withBatch(std::int64_t batch) const
{
    std::vector<std::int64_t> sizes = m_dims;
    std::ranges::replace(sizes, kBatch, batch);
    return sizes;
}

std::string Shape::toString() const
{
    if (m_dims.empty())
        return "?";
    std::string text;
    for (std::int64_t size : m_dims) {
        if (!text.empty())
            text += "×";
        text += size == kBatch ? "N" : size == kUnknown ? "?" : std::to_string(size);
    }
    return text;
}

} // namespace netloom
