// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/random.h"
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"
#include "transforms/tones.h"

#include <algorithm>

namespace netloom {

namespace {

using Adjust = void (*)(Picture &, double);

/// One of the four adjustments with what its factor is drawn from.
struct Jitter {
    Adjust adjust;
    Range factor;
};

/// A single number s spreads around the factor that changes nothing; below 0 there is no factor.
Range factorsOf(const Params &params, const char *name)
{
    Range range = spreadOf(params, name, 1.0);
    range.lowest = std::max(range.lowest, 0.0);
    return range;
}

std::vector<Jitter> jittersOf(const Params &params)
{
    std::vector<Jitter> jitters{{adjustBrightness, factorsOf(params, "brightness")}, {adjustContrast, factorsOf(params, "contrast")},
        {adjustSaturation, factorsOf(params, "saturation")}};
    std::erase_if(jitters, [](const Jitter &jitter) { return jitter.factor.isPoint() && jitter.factor.lowest == 1.0; });
    const Range hue = spreadOf(params, "hue");
    if (!hue.isPoint() || hue.lowest != 0.0)
        jitters.push_back({adjustHue, hue});
    return jitters;
}

InferResult inferColorJitter(const InferInput &input)
{
    for (const char *name : {"brightness", "contrast", "saturation", "hue"}) {
        if (const auto misfit = spreadMisfit(input.params, name))
            return *misfit;
    }
    return Inferred{{input.in[0]}};
}

} // namespace

namespace nodes {

NodeSpec color_jitter()
{
    NodeSpec spec = imageTransform("ColorJitter", {"augmentation", "brightness", "contrast", "saturation", "hue", "colour"},
        "Changes brightness, contrast, saturation and hue of each picture, drawn anew and in a random order, while training; does "
        "nothing in evaluation. So the network doesn't count on the light of the day. Grey pictures keep to brightness and contrast.");
    spec.group = "Augmentation";
    const auto factorDoc = [](const std::string &what) {
        return what + " is multiplied by 1 - s to 1 + s for a number s, such as 0.2; two numbers are the smallest and the largest factor; 0 changes nothing";
    };
    spec.params = {
        ParamDecl::reals("brightness", {0.0}).range(0.0, 100.0).doc(factorDoc("Brightness")),
        ParamDecl::reals("contrast", {0.0}).range(0.0, 100.0).doc(factorDoc("Contrast")),
        ParamDecl::reals("saturation", {0.0}).range(0.0, 100.0).doc(factorDoc("Saturation")),
        ParamDecl::reals("hue", {0.0}).range(-0.5, 0.5).doc(
            "Colours are turned by -h to h of the colour circle for a number h, such as 0.1; two numbers are the smallest and the largest turn"),
    };
    spec.infer = inferColorJitter;
    spec.buildTransform = [](const Params &params, const SourceFacts &) -> std::shared_ptr<Transform> {
        const std::vector<Jitter> jitters = jittersOf(params);
        if (jitters.empty())
            return alwaysStep([](Picture &) {});
        return trainingStep([jitters](Picture &picture, std::mt19937_64 &random) {
            std::vector<Jitter> order = jitters;
            shuffle(order, random);
            for (const Jitter &jitter : order)
                jitter.adjust(picture, jitter.factor.draw(random));
        });
    };
    return spec;
}

} // namespace nodes

} // namespace netloom
