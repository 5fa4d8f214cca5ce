// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/random.h"
#include "data/split_rule.h"
#include "data/table_source.h"
#include "graph/explain.h"

#include <cmath>
#include <numbers>

namespace netloom {

namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kCircleFactor = 0.5; ///< of the inner circle's radius to the outer one's
constexpr double kSpiralTurns = 1.5;

struct Point {
    double x = 0;
    double y = 0;
    std::int64_t label = 0;
};

bool isSine(const Params &params) { return params.text("shape") == "sine"; }

std::size_t classCountOf(const Params &params)
{
    const std::string &shape = params.text("shape");
    return shape == "blobs" || shape == "spirals" ? static_cast<std::size_t>(params.integer("classes")) : 2;
}

/// As scikit-learn's make_moons: two half circles that reach into each other.
Point moonPoint(std::size_t index, std::size_t count)
{
    const std::size_t outer = count / 2;
    const bool first = index < outer;
    const std::size_t place = first ? index : index - outer;
    const std::size_t last = std::max<std::size_t>(1, (first ? outer : count - outer) - 1);
    const double angle = kPi * double(place) / double(last);
    return first ? Point{std::cos(angle), std::sin(angle), 0} : Point{1 - std::cos(angle), 0.5 - std::sin(angle), 1};
}

/// As scikit-learn's make_circles: one circle within another.
Point circlePoint(std::size_t index, std::size_t count)
{
    const std::size_t outer = count / 2;
    const bool first = index < outer;
    const double angle = 2 * kPi * double(first ? index : index - outer) / double(first ? outer : count - outer);
    const double radius = first ? 1 : kCircleFactor;
    return {radius * std::cos(angle), radius * std::sin(angle), first ? 0 : 1};
}

/// Arms that wind round the middle, one for each class.
Point spiralPoint(std::size_t index, std::size_t count, std::size_t classes)
{
    const std::size_t arm = index % classes;
    const double along = (double(index / classes) + 1) / std::ceil(double(count) / double(classes));
    const double angle = 2 * kPi * (kSpiralTurns * along + double(arm) / double(classes));
    return {along * std::cos(angle), along * std::sin(angle), static_cast<std::int64_t>(arm)};
}

/// The points of Generated in the order of their making, before noise; noise is added in the same order.
std::vector<Point> makePoints(const Params &params, std::mt19937_64 &random)
{
    const std::string &shape = params.text("shape");
    const auto count = static_cast<std::size_t>(params.integer("samples"));
    const std::size_t classes = classCountOf(params);
    std::vector<Point> centers; // as scikit-learn's make_blobs with center_box (-1, 1) and cluster_std = noise
    for (std::size_t blob = 0; shape == "blobs" && blob < classes; ++blob) {
        const double x = randomBetween(random, -1, 1);
        centers.push_back({x, randomBetween(random, -1, 1), static_cast<std::int64_t>(blob)});
    }
    std::vector<Point> points;
    for (std::size_t index = 0; index < count; ++index) {
        if (shape == "moons") {
            points.push_back(moonPoint(index, count));
        } else if (shape == "circles") {
            points.push_back(circlePoint(index, count));
        } else if (shape == "spirals") {
            points.push_back(spiralPoint(index, count, classes));
        } else if (shape == "blobs") {
            points.push_back(centers[index % classes]);
        } else if (shape == "xor") {
            const double x = randomBetween(random, -1, 1);
            const double y = randomBetween(random, -1, 1);
            points.push_back({x, y, (x > 0) != (y > 0) ? 1 : 0});
        } else {
            const double x = randomBetween(random, -kPi, kPi);
            points.push_back({x, std::sin(x), 0});
        }
    }
    const double noise = params.real("noise");
    for (Point &point : points) {
        if (shape != "sine")
            point.x += noise * randomNormal(random);
        point.y += noise * randomNormal(random);
    }
    return points;
}

Result<std::shared_ptr<DataSource>> openGenerated(const Params &params)
{
    std::mt19937_64 random(mixSeed({static_cast<std::uint64_t>(params.integer("seed"))}));
    const std::vector<Point> points = makePoints(params, random);
    const bool sine = isSine(params);
    TableData data;
    data.cells.columns = {{.name = "x"}};
    if (!sine)
        data.cells.columns.push_back({.name = "y"});
    for (const Point &point : points) {
        data.cells.values.push_back(static_cast<float>(point.x));
        if (sine) {
            data.numbers.push_back(point.y);
        } else {
            data.cells.values.push_back(static_cast<float>(point.y));
            data.labels.push_back(point.label);
        }
    }
    SourceFacts facts;
    facts.targetName = sine ? "y" : "class";
    facts.learnsNumber = sine;
    for (std::size_t label = 0; !sine && label < classCountOf(params); ++label)
        facts.classNames.push_back(std::to_string(label));
    data.splits = sine ? dealSplits(std::vector<std::int64_t>(points.size(), 0), 1, params) : dealSplits(data.labels, facts.classCount(), params);
    data.addFacts(facts);
    return std::shared_ptr<DataSource>(std::make_shared<TableSource>(std::move(data), std::move(facts)));
}

InferResult inferGenerated(const InferInput &input)
{
    if (const auto misfit = splitMisfit(input.params))
        return *misfit;
    return Inferred{{Shape{Shape::kBatch, isSine(input.params) ? 1 : 2}, Shape{Shape::kBatch}}};
}

} // namespace

namespace nodes {

NodeSpec generated()
{
    NodeSpec spec;
    spec.type = "Generated";
    spec.category = Category::Source;
    spec.keywords = {"toy data", "two moons", "circles", "spirals", "blobs", "xor", "sine", "points", "make_moons", "synthetic", "dataset"};
    spec.doc = "Points in the plane that are made up here: two moons, circles, spirals, blobs or XOR, told apart by class, or a sine curve "
               "whose height is to be learned. For first steps without any data.";
    spec.outputs = {{"row", PortKind::Tensor, false, "The place of each point: x and y, or x alone of the sine curve"},
        {"target", PortKind::Target, false, "The class of each point, or the height of the sine curve"}};
    spec.params = {
        ParamDecl::choice("shape", "moons", {"moons", "circles", "spirals", "blobs", "xor", "sine"}).doc("How the points lie"),
        ParamDecl::integer("samples", 500).range(10, 100'000).doc("How many points there are"),
        ParamDecl::real("noise", 0.1).range(0, 10).doc("How far points stray from their place: the standard deviation, and the width of a blob"),
        ParamDecl::integer("classes", 3).range(2, 20).doc("How many blobs or arms of a spiral there are; the other shapes have two classes"),
    };
    for (ParamDecl &decl : splitDecls("nothing", 0.2, 0.2))
        spec.params.push_back(std::move(decl));
    spec.infer = inferGenerated;
    spec.explain = [](const InferInput &input, const Inferred &inferred) -> std::vector<std::string> {
        const std::string how = isSine(input.params) ? "x, " : "x and y, ";
        return {"features: " + how + sizeOrUnknown(inferred.outputs.at(0)[1])};
    };
    spec.openSource = openGenerated;
    return spec;
}

} // namespace nodes

} // namespace netloom
