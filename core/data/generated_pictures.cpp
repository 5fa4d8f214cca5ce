// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_source.h"
#include "data/excluded.h"
#include "data/label_sets.h"
#include "data/shape_drawing.h"
#include "data/split_rule.h"
#include "graph/node_spec.h"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace netloom {

namespace {

constexpr std::uint64_t kSets = 0x73657473; ///< keeps the choice of shapes apart from their drawing

/// Which pictures there are, one after the other.
struct Drawings {
    DrawingStyle style;
    std::int64_t shapes = 2;     ///< different ones
    std::uint64_t seed = 1;
    std::vector<LabelSet> sets;  ///< the shapes of each picture; empty where each has one and they take turns

    std::int64_t shapeOf(std::int64_t number) const { return number % shapes; }
    LabelSet labelsOf(std::int64_t number) const
    {
        return sets.empty() ? LabelSet{static_cast<std::int32_t>(shapeOf(number))} : sets[static_cast<std::size_t>(number)];
    }
    /// "star #17", or where there are several in a picture "picture #17".
    std::string nameOf(std::int64_t number) const
    {
        if (!sets.empty())
            return "picture #" + std::to_string(number);
        return std::string(kDrawnShapes[static_cast<std::size_t>(shapeOf(number))]) + " #" + std::to_string(number / shapes);
    }
};

/// One to @p most different shapes for each of @p count pictures.
std::vector<LabelSet> drawnSets(std::int64_t count, std::int64_t shapes, std::int64_t most, std::uint64_t seed)
{
    std::vector<LabelSet> sets;
    for (std::int64_t number = 0; number < count; ++number) {
        std::mt19937_64 random(mixSeed({seed, static_cast<std::uint64_t>(number), kSets}));
        LabelSet set(static_cast<std::size_t>(shapes));
        std::iota(set.begin(), set.end(), 0);
        shuffle(set, random);
        set.resize(1 + static_cast<std::size_t>(randomBelow(random, static_cast<std::uint64_t>(std::min(most, shapes)))));
        std::ranges::sort(set);
        sets.push_back(std::move(set));
    }
    return sets;
}

/// Draws each picture when it is asked for, always the same.
class DrawnPictures final : public DataSource {
public:
    /// @p classes: of each of all drawings, as label() gives it; @p numbers: those that there are.
    DrawnPictures(Drawings drawings, std::vector<std::int64_t> classes, std::vector<std::int64_t> numbers, std::vector<Split> splits, SourceFacts facts)
        : m_drawings(std::move(drawings)), m_classes(std::move(classes)), m_numbers(std::move(numbers)), m_splits(std::move(splits)), m_facts(std::move(facts))
    {
    }

    const SourceFacts &facts() const override { return m_facts; }
    std::int64_t size() const override { return static_cast<std::int64_t>(m_numbers.size()); }
    Split split(std::int64_t sample) const override { return m_splits.at(static_cast<std::size_t>(sample)); }
    std::int64_t label(std::int64_t sample) const override { return m_classes[static_cast<std::size_t>(placeOf(sample))]; }
    LabelSet labels(std::int64_t sample) const override { return m_drawings.labelsOf(placeOf(sample)); }
    std::string name(std::int64_t sample) const override { return m_drawings.nameOf(placeOf(sample)); }

    Result<Picture> read(std::int64_t sample, DecodeHint hint) const override
    {
        Picture picture;
        readInto(sample, hint, picture);
        return picture;
    }

    std::optional<Error> readInto(std::int64_t sample, DecodeHint, Picture &picture) const override
    {
        const std::int64_t number = placeOf(sample);
        std::mt19937_64 random(mixSeed({m_drawings.seed, static_cast<std::uint64_t>(number)}));
        if (m_drawings.sets.empty()) {
            drawShape(static_cast<DrawnShape>(m_drawings.shapeOf(number)), m_drawings.style, random, picture);
            return {};
        }
        std::vector<DrawnShape> shapes;
        for (const std::int32_t label : m_drawings.labelsOf(number))
            shapes.push_back(static_cast<DrawnShape>(label));
        drawShapes(shapes, m_drawings.style, random, picture);
        return {};
    }

private:
    std::int64_t placeOf(std::int64_t sample) const { return m_numbers.at(static_cast<std::size_t>(sample)); }

    Drawings m_drawings;
    std::vector<std::int64_t> m_classes;
    std::vector<std::int64_t> m_numbers;
    std::vector<Split> m_splits;
    SourceFacts m_facts;
};

std::int64_t channelsOf(const Params &params)
{
    return params.text("colour") == "grey" ? 1 : 3;
}

Drawings drawingsOf(const Params &params)
{
    Drawings drawings;
    drawings.style = {static_cast<int>(params.integer("side")), static_cast<int>(channelsOf(params)), params.real("noise")};
    drawings.shapes = params.integer("shapes");
    drawings.seed = static_cast<std::uint64_t>(params.integer("seed"));
    if (const std::int64_t most = params.integer("per_picture"); most > 1)
        drawings.sets = drawnSets(drawings.shapes * params.integer("count"), drawings.shapes, most, drawings.seed);
    return drawings;
}

Result<std::shared_ptr<DataSource>> openDrawings(const Params &params)
{
    Drawings drawings = drawingsOf(params);
    const std::int64_t shapes = drawings.shapes;
    std::vector<std::int64_t> classes = rarestLabels(drawings.sets, shapes);
    for (std::int64_t number = static_cast<std::int64_t>(classes.size()); number < shapes * params.integer("count"); ++number)
        classes.push_back(drawings.shapeOf(number));
    const std::vector<Split> dealt = dealSplits(classes, shapes, params);

    SourceFacts facts;
    facts.known = true;
    facts.channels = channelsOf(params);
    facts.height = facts.width = params.integer("side");
    facts.classNames.assign(kDrawnShapes.begin(), kDrawnShapes.begin() + shapes);
    facts.severalLabels = !drawings.sets.empty();
    for (const Split split : kAllSplits)
        facts.counts[std::string(toString(split))].assign(facts.classNames.size(), 0);
    const auto excluded = excludedNames(params);
    std::vector<std::int64_t> numbers;
    std::vector<Split> splits;
    for (std::int64_t number = 0; number < static_cast<std::int64_t>(classes.size()); ++number) {
        if (!excluded.empty() && excluded.contains(drawings.nameOf(number))) {
            ++facts.excluded;
            continue;
        }
        const Split split = dealt[static_cast<std::size_t>(number)];
        numbers.push_back(number);
        splits.push_back(split);
        countSample(facts, split, drawings.labelsOf(number));
    }
    return std::shared_ptr<DataSource>(std::make_shared<DrawnPictures>(std::move(drawings), std::move(classes), std::move(numbers), std::move(splits), std::move(facts)));
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
    spec.keywords = {"shapes", "drawn", "synthetic", "circle", "square", "triangle", "star", "toy", "multi-label", "data", "dataset", "pictures"};
    spec.doc = "Drawn shapes, each at a random place, size, turn and colour, with noise: pictures to learn from where there are none. "
               "Nothing is read from disk; the same numbers give the same pictures everywhere.";
    spec.outputs = {{"image", PortKind::Image, false, "RGB or grey pictures"}, {"target", PortKind::Target, false, "Which shape each picture shows"}};
    spec.params = {
        ParamDecl::integer("shapes", 5).range(2, static_cast<double>(kDrawnShapes.size()))
            .doc("How many classes: the first of circle, square, triangle, star, cross, ring, crescent, arrow"),
        ParamDecl::integer("count", 200).range(1, 100'000).doc("Pictures of each shape; with several in a picture, so many times the shapes"),
        ParamDecl::integer("per_picture", 1).range(1, 5)
            .doc("1: one shape, which is the picture's class; more: one to so many different shapes, each a label of the picture"),
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
