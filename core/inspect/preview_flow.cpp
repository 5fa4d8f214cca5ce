// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/preview_flow.h"

#include "inspect/preview_values.h"

#include <algorithm>
#include <stdexcept>

namespace netloom {

namespace {

/// The numbers of the one sample of a batch, ready to be read.
torch::Tensor plainTensor(const torch::Tensor &tensor)
{
    return tensor.to(torch::kCPU, torch::kFloat32).contiguous();
}

Shape sampleShape(const torch::Tensor &tensor)
{
    const auto sizes = tensor.sizes();
    return Shape(std::vector<std::int64_t>(sizes.begin() + std::min<std::ptrdiff_t>(1, sizes.size()), sizes.end()));
}

std::span<const float> numbersOf(const torch::Tensor &plain)
{
    return {plain.data_ptr<float>(), static_cast<std::size_t>(plain.numel())};
}

NodeValues pictureValues(const Picture &picture)
{
    NodeValues values{Shape{picture.channels, picture.height, picture.width}, {}};
    values.values.reserve(picture.pixels.size());
    const std::size_t plane = static_cast<std::size_t>(picture.height) * static_cast<std::size_t>(picture.width);
    for (int channel = 0; channel < picture.channels; ++channel) {
        for (std::size_t pixel = 0; pixel < plane; ++pixel)
            values.values.push_back(picture.pixels[pixel * static_cast<std::size_t>(picture.channels) + static_cast<std::size_t>(channel)]);
    }
    return values;
}

} // namespace

torch::Tensor tensorOf(const Flow &flow)
{
    if (const auto *tensor = std::get_if<torch::Tensor>(&flow))
        return *tensor;
    const Sample &sample = std::get<Sample>(flow);
    if (sample.values.empty())
        throw std::runtime_error("It gets a picture, not numbers: add ToTensor before it.");
    std::vector<std::int64_t> sizes{1};
    sizes.insert(sizes.end(), sample.shape.dims().begin(), sample.shape.dims().end());
    return torch::from_blob(const_cast<float *>(sample.values.data()), sizes, torch::kFloat32).clone();
}

Sample sampleOf(const Flow &flow)
{
    if (const auto *before = std::get_if<Sample>(&flow))
        return *before;
    Sample sample;
    const torch::Tensor plain = plainTensor(std::get<torch::Tensor>(flow));
    const auto numbers = numbersOf(plain);
    sample.values.assign(numbers.begin(), numbers.end());
    sample.shape = sampleShape(plain);
    return sample;
}

NodeValues valuesOf(const Flow &flow)
{
    if (const auto *sample = std::get_if<Sample>(&flow))
        return sample->values.empty() ? pictureValues(sample->picture) : NodeValues{sample->shape, sample->values};
    if (const auto *tensor = std::get_if<torch::Tensor>(&flow)) {
        const torch::Tensor plain = plainTensor(*tensor);
        const auto numbers = numbersOf(plain);
        return {sampleShape(plain), {numbers.begin(), numbers.end()}};
    }
    return {};
}

NodePreview previewOfTensor(const torch::Tensor &tensor)
{
    const torch::Tensor plain = plainTensor(tensor);
    return previewOfNumbers(sampleShape(plain), numbersOf(plain), false);
}

NodePreview previewOfSample(Sample &sample, const SourceFacts &facts)
{
    if (sample.values.empty())
        return previewOfPicture(sample.picture);
    sample.picture = {};
    return sample.shape.rank() == 1 ? previewOfRow(sample.values, facts) : previewOfNumbers(sample.shape, sample.values, true);
}

} // namespace netloom
