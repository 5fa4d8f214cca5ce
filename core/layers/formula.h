// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"
#include "graph/shape.h"

#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

namespace torch::jit {
struct Code;
}

namespace netloom {

/// One line of tensor arithmetic in TorchScript over the tensors x, y, z and w, such as "x * torch.sigmoid(y)". It can compute and nothing
/// else: only operations of a list are let through, since a formula comes with a project that somebody else may have made.
class Formula {
public:
    static constexpr std::size_t kMostInputs = 4;

    /// Compiles @p text for @p inputs tensors. The error says in a few words what is wrong in it. What was compiled is kept: shapes are
    /// inferred at every edit.
    static Result<std::shared_ptr<const Formula>> compile(const std::string &text, std::size_t inputs);

    torch::Tensor run(const std::vector<torch::Tensor> &in) const;

    /// The shape of the result, found by running the formula on tensors without numbers; sizes that follow an unknown one are unknown.
    /// The error says in a few words why there is none.
    Result<Shape> shape(const ShapeList &in) const;

private:
    explicit Formula(std::shared_ptr<torch::jit::Code> code) : m_code(std::move(code)) {}

    std::shared_ptr<torch::jit::Code> m_code;
};

} // namespace netloom
