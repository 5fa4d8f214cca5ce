// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace netloom {

/// The size of what travels over a wire: `N×32×7×7` for a batch of tensors, `3×?×?` for a picture of varying size.
/// Images are C×H×W without the batch; tensors start with the batch axis kBatch.
class Shape {
public:
    static constexpr std::int64_t kBatch = -1;   ///< the batch axis, printed "N"
    static constexpr std::int64_t kUnknown = -2; ///< a size that varies or isn't known yet, printed "?"

    Shape() = default;
    Shape(std::initializer_list<std::int64_t> dims) : m_dims(dims) {}
    explicit Shape(std::vector<std::int64_t> dims) : m_dims(std::move(dims)) {}

    bool empty() const { return m_dims.empty(); }
    std::size_t rank() const { return m_dims.size(); }
    std::int64_t operator[](std::size_t axis) const { return m_dims.at(axis); }
    void set(std::size_t axis, std::int64_t size) { m_dims.at(axis) = size; }
    const std::vector<std::int64_t> &dims() const { return m_dims; }

    /// True when every axis but the batch axis has a known size.
    bool known() const;

    /// Number of elements of one sample (the batch axis counts as 1); kUnknown when a size isn't known.
    std::int64_t elementsPerSample() const;

    /// Sizes with the batch axis replaced by @p batch, as LibTorch wants them.
    std::vector<std::int64_t> withBatch(std::int64_t batch) const;

    /// "N×32×7×7"; "?" for an empty shape.
    std::string toString() const;

    friend bool operator==(const Shape &, const Shape &) = default;

private:
    std::vector<std::int64_t> m_dims;
};

using ShapeList = std::vector<Shape>;

} // namespace netloom
