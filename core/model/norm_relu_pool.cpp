// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/norm_relu_pool.h"

#include "model/norm_kernels.h"
#include "model/parallel_parts.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace netloom {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t kRowsInFloat = 256; ///< are summed up with 32 bit before they go to the sums with 64

/// A batch of pictures as the kernels see it.
struct Layout {
    std::int64_t pictures, channels, height, width;
    std::int64_t rows() const { return pictures * height * width; }
    std::int64_t windowsHigh() const { return height / 2; }
    std::int64_t windowsWide() const { return width / 2; }
    /// Rows of windows in all pictures.
    std::int64_t lines() const { return pictures * windowsHigh(); }
    /// Where the upper points of a row of windows begin.
    std::int64_t above(std::int64_t line) const
    {
        return ((line / windowsHigh()) * height + 2 * (line % windowsHigh())) * width * channels;
    }
    std::int64_t below(std::int64_t line) const { return above(line) + width * channels; }
    std::int64_t output(std::int64_t line) const { return line * windowsWide() * channels; }
};

Layout layoutOf(const torch::Tensor &input)
{
    return {input.size(0), input.size(1), input.size(2), input.size(3)};
}

/// Two sums for every channel over @p count things, of which @p each takes [from, to) and adds to numbers with 32 bit.
template <class Each>
std::pair<std::vector<double>, std::vector<double>> sums(std::int64_t count, std::int64_t atOnce, std::int64_t channels, Each each)
{
    const auto size = static_cast<std::size_t>(channels);
    std::vector<double> parts(static_cast<std::size_t>(kParts) * 2 * size);
    inParts(count, [&](std::int64_t part, std::int64_t from, std::int64_t to) {
        double *total = parts.data() + static_cast<std::size_t>(part) * 2 * size;
        std::vector<float> some(2 * size);
        for (; from < to; from += atOnce) {
            std::ranges::fill(some, 0.0f);
            each(from, std::min(from + atOnce, to), some.data(), some.data() + size);
            for (std::size_t place = 0; place < 2 * size; ++place)
                total[place] += some[place];
        }
    });
    std::pair<std::vector<double>, std::vector<double>> result{std::vector<double>(size), std::vector<double>(size)};
    for (std::size_t part = 0; part < static_cast<std::size_t>(kParts); ++part) {
        for (std::size_t channel = 0; channel < size; ++channel) {
            result.first[channel] += parts[part * 2 * size + channel];
            result.second[channel] += parts[part * 2 * size + size + channel];
        }
    }
    return result;
}

struct Moments {
    std::vector<double> mean, variance; ///< of every channel; divided by the number of points
};

/// Sums of what is near 0 lose little: every channel is taken from its first number.
Moments momentsOf(const torch::Tensor &input, const Layout &layout)
{
    const float *x = input.data_ptr<float>();
    const auto [sum, squares] = sums(layout.rows(), kRowsInFloat, layout.channels, [&](std::int64_t from, std::int64_t to, float *some, float *squared) {
        sumRows(to - from, layout.channels, x + from * layout.channels, x, some, squared);
    });
    Moments moments;
    const auto rows = static_cast<double>(layout.rows());
    for (std::size_t channel = 0; channel < sum.size(); ++channel) {
        const double mean = sum[channel] / rows;
        moments.mean.push_back(x[channel] + mean);
        moments.variance.push_back(std::max(squares[channel] / rows - mean * mean, 0.0) + 0 * squares[channel]); // what is no number stays none
    }
    return moments;
}

void keepMoments(torch::nn::BatchNorm2dImpl &norm, const Moments &moments, std::int64_t rows)
{
    const torch::NoGradGuard noGrad;
    const double momentum = norm.options.momentum().value_or(0.1);
    float *mean = norm.running_mean.data_ptr<float>();
    float *variance = norm.running_var.data_ptr<float>();
    const double unbiased = static_cast<double>(rows) / static_cast<double>(rows - 1);
    for (std::size_t channel = 0; channel < moments.mean.size(); ++channel) {
        mean[channel] = static_cast<float>((1 - momentum) * mean[channel] + momentum * moments.mean[channel]);
        variance[channel] = static_cast<float>((1 - momentum) * variance[channel] + momentum * moments.variance[channel] * unbiased);
    }
    norm.num_batches_tracked += 1;
}

class NormReluPool : public torch::autograd::Function<NormReluPool> {
public:
    static torch::Tensor forward(AutogradContext *context, const torch::Tensor &input, const torch::Tensor &weight, const torch::Tensor &bias,
        torch::nn::BatchNorm2dImpl *norm, bool relu, bool maxPool)
    {
        const Layout layout = layoutOf(input);
        const Moments moments = momentsOf(input, layout);
        keepMoments(*norm, moments, layout.rows());
        torch::Tensor channels = torch::empty({4, layout.channels}); // scale, shift, mean, 1/deviation
        auto numbers = channels.accessor<float, 2>();
        for (std::int64_t channel = 0; channel < layout.channels; ++channel) {
            const auto place = static_cast<std::size_t>(channel);
            const double inverse = 1 / std::sqrt(moments.variance[place] + norm->options.eps());
            const double scale = weight.data_ptr<float>()[channel] * inverse;
            numbers[0][channel] = static_cast<float>(scale);
            numbers[1][channel] = static_cast<float>(bias.data_ptr<float>()[channel] - moments.mean[place] * scale);
            numbers[2][channel] = static_cast<float>(moments.mean[place]);
            numbers[3][channel] = static_cast<float>(inverse);
        }
        const Normed normed = normedOf(channels, relu);
        torch::Tensor which;
        const torch::Tensor output = maxPool ? pooled(input, layout, normed, which) : plain(input, layout, normed);
        context->save_for_backward({input, channels, which});
        context->saved_data["relu"] = relu;
        return output;
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const torch::Tensor &input = saved[0];
        const torch::Tensor &channels = saved[1];
        const torch::Tensor &which = saved[2];
        const Layout layout = layoutOf(input);
        const torch::Tensor gradient = gradients[0].contiguous(at::MemoryFormat::ChannelsLast);
        const Normed normed = normedOf(channels, context->saved_data["relu"].toBool());
        const auto [sum, products] = which.defined() ? windowSums(input, layout, gradient, which, channels) : rowSums(input, layout, gradient, normed, channels);

        torch::Tensor slopes = torch::empty({2, layout.channels});
        torch::Tensor ofWeight = torch::empty({layout.channels});
        torch::Tensor ofBias = torch::empty({layout.channels});
        const auto numbers = channels.accessor<float, 2>();
        auto made = slopes.accessor<float, 2>();
        for (std::int64_t channel = 0; channel < layout.channels; ++channel) {
            const auto place = static_cast<std::size_t>(channel);
            const double inverse = numbers[3][channel];
            const double perRow = numbers[0][channel] / static_cast<double>(layout.rows());
            const double slope = -perRow * products[place] * inverse * inverse;
            made[0][channel] = static_cast<float>(slope);
            made[1][channel] = static_cast<float>(-perRow * sum[place] - slope * numbers[2][channel]);
            ofWeight[channel] = static_cast<float>(products[place] * inverse);
            ofBias[channel] = static_cast<float>(sum[place]);
        }
        const NormSlope slope{normed.scale, slopes.data_ptr<float>(), slopes.data_ptr<float>() + layout.channels};
        const torch::Tensor ofInput = torch::empty(input.sizes(), input.options(), at::MemoryFormat::ChannelsLast);
        if (which.defined())
            windowSlopes(input, layout, gradient, which, slope, ofInput);
        else
            rowSlopes(input, layout, gradient, normed, slope, ofInput);
        return {ofInput, ofWeight, ofBias, {}, {}, {}};
    }

private:
    using Sums = std::pair<std::vector<double>, std::vector<double>>;

    static Normed normedOf(const torch::Tensor &channels, bool relu)
    {
        const float *numbers = channels.data_ptr<float>();
        return {numbers, numbers + channels.size(1), relu ? 0 : -std::numeric_limits<float>::infinity()};
    }

    static torch::Tensor plain(const torch::Tensor &input, const Layout &layout, const Normed &normed)
    {
        torch::Tensor output = torch::empty(input.sizes(), input.options(), at::MemoryFormat::ChannelsLast);
        const float *x = input.data_ptr<float>();
        float *y = output.data_ptr<float>();
        inParts(layout.rows(), [&](std::int64_t, std::int64_t from, std::int64_t to) {
            normRows(to - from, layout.channels, x + from * layout.channels, normed, y + from * layout.channels);
        });
        return output;
    }

    static torch::Tensor pooled(const torch::Tensor &input, const Layout &layout, const Normed &normed, torch::Tensor &which)
    {
        const std::array<std::int64_t, 4> sizes{layout.pictures, layout.channels, layout.windowsHigh(), layout.windowsWide()};
        torch::Tensor output = torch::empty(sizes, input.options(), at::MemoryFormat::ChannelsLast);
        which = torch::empty(sizes, input.options().dtype(torch::kUInt8), at::MemoryFormat::ChannelsLast);
        const float *x = input.data_ptr<float>();
        float *y = output.data_ptr<float>();
        std::uint8_t *points = which.data_ptr<std::uint8_t>();
        inParts(layout.lines(), [&](std::int64_t, std::int64_t from, std::int64_t to) {
            for (std::int64_t line = from; line < to; ++line)
                normWindows(layout.windowsWide(), layout.channels, x + layout.above(line), x + layout.below(line), normed, y + layout.output(line),
                    points + layout.output(line));
        });
        return output;
    }

    static Sums rowSums(const torch::Tensor &input, const Layout &layout, const torch::Tensor &gradient, const Normed &normed, const torch::Tensor &channels)
    {
        const float *x = input.data_ptr<float>();
        const float *g = gradient.data_ptr<float>();
        const float *mean = channels.data_ptr<float>() + 2 * layout.channels;
        return sums(layout.rows(), kRowsInFloat, layout.channels, [&](std::int64_t from, std::int64_t to, float *sum, float *products) {
            sumGradients(to - from, layout.channels, x + from * layout.channels, g + from * layout.channels, normed, mean, sum, products);
        });
    }

    static Sums windowSums(const torch::Tensor &input, const Layout &layout, const torch::Tensor &gradient, const torch::Tensor &which,
        const torch::Tensor &channels)
    {
        const float *x = input.data_ptr<float>();
        const float *g = gradient.data_ptr<float>();
        const std::uint8_t *points = which.data_ptr<std::uint8_t>();
        const float *mean = channels.data_ptr<float>() + 2 * layout.channels;
        const std::int64_t linesAtOnce = std::max<std::int64_t>(1, kRowsInFloat / std::max<std::int64_t>(1, layout.windowsWide()));
        return sums(layout.lines(), linesAtOnce, layout.channels, [&](std::int64_t from, std::int64_t to, float *sum, float *products) {
            for (std::int64_t line = from; line < to; ++line)
                sumWindowGradients(layout.windowsWide(), layout.channels, x + layout.above(line), x + layout.below(line), g + layout.output(line),
                    points + layout.output(line), mean, sum, products);
        });
    }

    static void rowSlopes(const torch::Tensor &input, const Layout &layout, const torch::Tensor &gradient, const Normed &normed,
        const NormSlope &slope, const torch::Tensor &out)
    {
        inParts(layout.rows(), [&](std::int64_t, std::int64_t from, std::int64_t to) {
            const std::int64_t at = from * layout.channels;
            slopeRows(to - from, layout.channels, input.data_ptr<float>() + at, gradient.data_ptr<float>() + at, normed, slope, out.data_ptr<float>() + at);
        });
    }

    static void windowSlopes(const torch::Tensor &input, const Layout &layout, const torch::Tensor &gradient, const torch::Tensor &which,
        const NormSlope &slope, const torch::Tensor &out)
    {
        const float *x = input.data_ptr<float>();
        float *y = out.data_ptr<float>();
        inParts(layout.lines(), [&](std::int64_t, std::int64_t from, std::int64_t to) {
            for (std::int64_t line = from; line < to; ++line) {
                const std::int64_t above = layout.above(line);
                const std::int64_t below = layout.below(line);
                slopeWindows(layout.windowsWide(), layout.channels, x + above, x + below, gradient.data_ptr<float>() + layout.output(line),
                    which.data_ptr<std::uint8_t>() + layout.output(line), slope, y + above, y + below);
                if (layout.width % 2) {
                    const std::int64_t last = (layout.width - 1) * layout.channels;
                    slopeUnseen(1, layout.channels, x + above + last, slope, y + above + last);
                    slopeUnseen(1, layout.channels, x + below + last, slope, y + below + last);
                }
            }
        });
        for (std::int64_t picture = 0; layout.height % 2 && picture < layout.pictures; ++picture) {
            const std::int64_t last = (picture + 1) * layout.height * layout.width * layout.channels - layout.width * layout.channels;
            slopeUnseen(layout.width, layout.channels, x + last, slope, y + last);
        }
    }
};

} // namespace

bool takesNormReluPool(const torch::nn::BatchNorm2dImpl &norm, const torch::Tensor &input)
{
    return norm.is_training() && norm.weight.defined() && norm.running_mean.defined() && input.dim() == 4 && input.is_cpu()
        && input.scalar_type() == torch::kFloat32 && norm.weight.scalar_type() == torch::kFloat32 && input.numel() / std::max<std::int64_t>(1, input.size(1)) > 1
        && input.is_contiguous(at::MemoryFormat::ChannelsLast);
}

torch::Tensor normReluPool(torch::nn::BatchNorm2dImpl &norm, const NormFollowers &followers, const torch::Tensor &input)
{
    return NormReluPool::apply(input, norm.weight, norm.bias, &norm, followers.relu, followers.maxPool);
}

} // namespace netloom
