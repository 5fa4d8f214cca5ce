// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/matrix_product.h"

#ifdef __unix__
#include <dlfcn.h>
#endif

namespace netloom {

namespace {

/// dnnl_sgemm() of oneDNN 1 to 3: row-major, C = alpha·op(A)·op(B) + beta·C; gives 0 when done.
using Sgemm = int (*)(char transposeA, char transposeB, std::int64_t m, std::int64_t n, std::int64_t k, float alpha, const float *a,
    std::int64_t lda, const float *b, std::int64_t ldb, float beta, float *c, std::int64_t ldc);

/// oneDNN as a library of its own beside LibTorch, as Debian has it; nullptr where LibTorch holds it hidden inside, together with MKL.
Sgemm oneDnnSgemm()
{
#ifdef __unix__
    static const auto sgemm = reinterpret_cast<Sgemm>(at::hasMKL() ? nullptr : dlsym(RTLD_DEFAULT, "dnnl_sgemm"));
    return sgemm;
#else
    return nullptr;
#endif
}

bool suits(const torch::Tensor &tensor)
{
    return !tensor.defined() || (tensor.is_cpu() && tensor.scalar_type() == torch::kFloat32);
}

/// The two matrix products of the gradient, each only where somebody wants it.
class LinearProduct : public torch::autograd::Function<LinearProduct> {
public:
    static torch::Tensor forward(torch::autograd::AutogradContext *context, const torch::Tensor &in, const torch::Tensor &weights)
    {
        const torch::Tensor input = in.contiguous();
        const torch::Tensor weight = weights.contiguous();
        context->save_for_backward({input, weight});
        torch::Tensor output = torch::empty({input.size(0), weight.size(0)}, input.options());
        multiply(false, true, input.size(0), weight.size(0), input.size(1), input.data_ptr<float>(), weight.data_ptr<float>(),
            output.data_ptr<float>());
        return output;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context, torch::autograd::variable_list outputs)
    {
        const auto saved = context->get_saved_variables();
        const torch::Tensor &input = saved.at(0);
        const torch::Tensor &weight = saved.at(1);
        const torch::Tensor slope = outputs.at(0).contiguous();
        const std::int64_t samples = input.size(0);
        const std::int64_t from = weight.size(1);
        const std::int64_t to = weight.size(0);
        torch::autograd::variable_list slopes(2);
        if (context->needs_input_grad(0)) {
            slopes[0] = torch::empty_like(input);
            multiply(false, false, samples, from, to, slope.data_ptr<float>(), weight.data_ptr<float>(), slopes[0].data_ptr<float>());
        }
        if (context->needs_input_grad(1)) {
            slopes[1] = torch::empty_like(weight);
            multiply(true, false, to, from, samples, slope.data_ptr<float>(), input.data_ptr<float>(), slopes[1].data_ptr<float>());
        }
        return slopes;
    }
};

} // namespace

torch::Tensor linearProduct(const torch::Tensor &input, const torch::Tensor &weight, const torch::Tensor &bias)
{
    if (input.dim() > 2) {
        std::vector<std::int64_t> sizes = input.sizes().vec();
        sizes.back() = weight.size(0);
        return linearProduct(input.reshape({-1, input.size(-1)}), weight, bias).reshape(sizes);
    }
    if (!oneDnnSgemm() || input.dim() != 2 || input.numel() == 0 || !suits(input) || !suits(weight) || !suits(bias))
        return torch::linear(input, weight, bias);
    torch::Tensor output = LinearProduct::apply(input, weight);
    return bias.defined() ? output.add_(bias) : output;
}

void multiply(bool transposeA, bool transposeB, std::int64_t m, std::int64_t n, std::int64_t k, const float *a, const float *b, float *c)
{
    if (const Sgemm sgemm = oneDnnSgemm()) {
        sgemm(transposeA ? 'T' : 'N', transposeB ? 'T' : 'N', m, n, k, 1.0f, a, transposeA ? m : k, b, transposeB ? k : n, 0.0f, c, n);
        return;
    }
    const auto matrix = [](const float *values, bool transposed, std::int64_t rows, std::int64_t columns) {
        float *memory = const_cast<float *>(values); // from_blob asks for writable memory but it is only read
        return transposed ? torch::from_blob(memory, {columns, rows}).t() : torch::from_blob(memory, {rows, columns});
    };
    torch::Tensor product = torch::from_blob(c, {m, n});
    torch::mm_out(product, matrix(a, transposeA, m, k), matrix(b, transposeB, k, n));
}

} // namespace netloom
