// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_source.h"
#include "data/excluded.h"
#include "data/shape_drawing.h"
#include "data/split_rule.h"
#include "graph/node_spec.h"

#include <algorithm>
#include <iterator>

namespace netloom {

namespace {

/// Draws each picture when it is asked for, always the same.
class DrawnPictures final : public DataSource {
public:
    DrawnPictures(const DrawingStyle &style, std::int64_t shapes, std::uint64_t seed, std::vector<std::int64_t> numbers, std::vector<Split> splits,
        SourceFacts facts)
        : m_style(style), m_shapes(shapes), m_seed(seed), m_numbers(std::move(numbers)), m_splits(std::move(splits)), m_facts(std::move(facts))
    {
    }

    const SourceFacts &facts() const override { return m_facts; }
    std::int64_t size() const override { return static_cast<std::int64_t>(m_numbers.size()); }
    Split split(std::int64_t sample) const override { return m_splits.at(static_cast<std::size_t>(sample)); }
    std::int64_t label(std::int64_t sample) const override { return placeOf(sample) % m_shapes; }
    std::string name(std::int64_t sample) const override { return nameOf(placeOf(sample), m_shapes); }

    /// "star #17"
    static std::string nameOf(std::int64_t number, std::int64_t shapes)
    {
        return std::string(kDrawnShapes[static_cast<std::size_t>(number % shapes)]) + " #" + std::to_string(number / shapes);
    }

    Result<Picture> read(std::int64_t sample, DecodeHint hint) const override
    {
        Picture picture;
        readInto(sample, hint, picture);
        return picture;
    }

    std::optional<Error> readInto(std::int64_t sample, DecodeHint, Picture &picture) const override
    {
        std::mt19937_64 random(mixSeed({m_seed, static_cast<std::uint64_t>(placeOf(sample))}));
        drawShape(static_cast<DrawnShape>(label(sample)), m_style, random, picture);
        return {};
    }

private:
    std::int64_t placeOf(std::int64_t sample) const { return m_numbers.at(static_cast<std::size_t>(sample)); }

    DrawingStyle m_style;
    std::int64_t m_shapes;
    std::uint64_t m_seed;
    std::vector<std::int64_t> m_numbers; ///< what is drawn, the shapes taking turns
    std::vector<Split> m_splits;
    SourceFacts m_facts;
};

std::int64_t channelsOf(const Params &params)
{
    return params.text("colour") == "grey" ? 1 : 3;
}

Result<std::shared_ptr<DataSource>> openDrawings(const Params &params)
{
    const std::int64_t shapes = params.integer("shapes");
    std::vector<std::int64_t> labels;
    for (std::int64_t number = 0; number < shapes * params.integer("count"); ++number)
        labels.push_back(number % shapes);
    const std::vector<Split> dealt = dealSplits(labels, shapes, params);

    SourceFacts facts;
    facts.known = true;
    facts.channels = channelsOf(params);
    facts.height = facts.width = params.integer("side");
    facts.classNames.assign(kDrawnShapes.begin(), kDrawnShapes.begin() + shapes);
    for (const Split split : kAllSplits)
        facts.counts[std::string(toString(split))].assign(facts.classNames.size(), 0);
    const auto excluded = excludedNames(params);
    std::vector<std::int64_t> numbers;
    std::vector<Split> splits;
    for (std::int64_t number = 0; number < static_cast<std::int64_t>(labels.size()); ++number) {
        if (!excluded.empty() && excluded.contains(DrawnPictures::nameOf(number, shapes))) {
            ++facts.excluded;
            continue;
        }
        const Split split = dealt[static_cast<std::size_t>(number)];
        numbers.push_back(number);
        splits.push_back(split);
        ++facts.counts[std::string(toString(split))][static_cast<std::size_t>(number % shapes)];
    }
    const DrawingStyle style{static_cast<int>(params.integer("side")), static_cast<int>(channelsOf(params)), params.real("noise")};
    return std::shared_ptr<DataSource>(std::make_shared<DrawnPictures>(
        style, shapes, static_cast<std::uint64_t>(params.integer("seed")), std::move(numbers), std::move(splits), std::move(facts)));
}

InferResult inferDrawings(const InferInput &input)
{
    if (auto misfit = splitMisfit(input.params))
        return *misfit;
    const std::int64_t side = input.params.integer("side");
    return Inferred{{Shape{channelsOf(input.params), side, side}, Shape{Shape::kBatch}}};
}

} // namespace

namespace nodes {

NodeSpec generated_pictures()
{
    NodeSpec spec;
    spec.type = "GeneratedPictures";
    spec.category = Category::Source;
    spec.keywords = {"shapes", "drawn", "synthetic", "circle", "square", "triangle", "star", "toy", "data", "dataset", "pictures"};
    spec.doc = "Drawn shapes, each at a random place, size, turn and colour, with noise: pictures to learn from where there are none. "
               "Nothing is read from disk; the same numbers give the same pictures everywhere.";
    spec.outputs = {{"image", PortKind::Image, false, "RGB or grey pictures"}, {"target", PortKind::Target, false, "Which shape each picture shows"}};
    spec.params = {
        ParamDecl::integer("shapes", 5).range(2, static_cast<double>(kDrawnShapes.size()))
            .doc("How many classes: the first of circle, square, triangle, star, cross, ring, crescent, arrow"),
        ParamDecl::integer("count", 200).range(1, 100'000).doc("Pictures of each shape"),
        ParamDecl::integer("side", 32).range(8, 512).unit("px").doc("Height and width of each picture"),
        ParamDecl::choice("colour", "RGB", {"RGB", "grey"}).doc("Pictures in colour, or in greys as MNIST's are"),
        ParamDecl::real("noise", 0.1).range(0.0, 1.0).doc("Standard deviation of the noise, in parts of the range from black to white"),
    };
    std::ranges::move(splitDecls("", 0.15, 0.15), std::back_inserter(spec.params));
    spec.params.push_back(excludeDecl());
    spec.infer = inferDrawings;
    spec.explain = [](const InferInput &, const Inferred &inferred) -> std::vector<std::string> {
        const Shape &out = inferred.outputs.at(0);
        return {"channels: " + std::string(out[0] == 1 ? "grey, " : "red, green and blue, ") + std::to_string(out[0]),
            "height: side, " + std::to_string(out[1]), "width: side, " + std::to_string(out[2])};
    };
    spec.openSource = openDrawings;
    return spec;
}

} // namespace nodes

} // namespace netloom
