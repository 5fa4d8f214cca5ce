// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/random.h"
#include "data/split_rule.h"
#include "data/table_source.h"
#include "graph/explain.h"

#include <array>
#include <cmath>
#include <numbers>

namespace netloom {

namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kCircleFactor = 0.5; ///< of the inner circle's radius to the outer one's
constexpr double kSpiralTurns = 1.5;
constexpr std::array kWaves{"sine", "square", "triangle", "sawtooth"};

struct Point {
    double x = 0;
    double y = 0;
    std::int64_t label = 0;
};

bool isSine(const Params &params) { return params.text("shape") == "sine"; }
bool areWaves(const Params &params) { return params.text("shape") == "waves"; }

std::size_t classCountOf(const Params &params)
{
    const std::string &shape = params.text("shape");
    if (areWaves(params))
        return kWaves.size();
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

/// Of the wave @p form, at @p turn of its period, 0 to 1.
double waveHeight(std::size_t form, double turn)
{
    switch (form) {
    case 0: return std::sin(2 * kPi * turn);
    case 1: return turn < 0.5 ? 1 : -1;
    case 2: return 1 - 4 * std::abs(turn - 0.5);
    default: return 2 * turn - 1;
    }
}

/// Waves of two to four periods that begin anywhere, the forms in turn; a row holds a wave from its first step to its last.
void addWaves(const Params &params, std::mt19937_64 &random, TableData &data)
{
    const std::int64_t steps = params.integer("steps");
    for (std::int64_t step = 1; step <= steps; ++step)
        data.cells.columns.push_back({.name = "t" + std::to_string(step)});
    for (std::int64_t sample = 0; sample < params.integer("samples"); ++sample) {
        const std::size_t form = static_cast<std::size_t>(sample) % kWaves.size();
        const double periods = randomBetween(random, 2, 4), start = randomUnit(random), height = randomBetween(random, 0.7, 1.3);
        for (std::int64_t step = 0; step < steps; ++step) {
            const double turns = start + periods * double(step) / double(steps);
            const double value = height * waveHeight(form, turns - std::floor(turns)) + params.real("noise") * randomNormal(random);
            data.cells.values.push_back(static_cast<float>(value));
        }
        data.labels.push_back(static_cast<std::int64_t>(form));
    }
}

void addPoints(const Params &params, std::mt19937_64 &random, TableData &data)
{
    const std::vector<Point> points = makePoints(params, random);
    const bool sine = isSine(params);
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
}

Result<std::shared_ptr<DataSource>> openGenerated(const Params &params)
{
    std::mt19937_64 random(mixSeed({static_cast<std::uint64_t>(params.integer("seed"))}));
    const bool sine = isSine(params), waves = areWaves(params);
    TableData data;
    if (waves)
        addWaves(params, random, data);
    else
        addPoints(params, random, data);
    SourceFacts facts;
    facts.targetName = sine ? "y" : waves ? "wave" : "class";
    facts.learnsNumber = sine;
    for (std::size_t label = 0; !sine && label < classCountOf(params); ++label)
        facts.classNames.push_back(waves ? kWaves[label] : std::to_string(label));
    data.splits = sine ? dealSplits(std::vector<std::int64_t>(data.numbers.size(), 0), 1, params) : dealSplits(data.labels, facts.classCount(), params);
    data.addFacts(facts);
    return std::shared_ptr<DataSource>(std::make_shared<TableSource>(std::move(data), std::move(facts)));
}

InferResult inferGenerated(const InferInput &input)
{
    if (const auto misfit = splitMisfit(input.params))
        return *misfit;
    const std::int64_t features = isSine(input.params) ? 1 : areWaves(input.params) ? input.params.integer("steps") : 2;
    return Inferred{{Shape{Shape::kBatch, features}, Shape{Shape::kBatch}}};
}

} // namespace

namespace nodes {

NodeSpec generated()
{
    NodeSpec spec;
    spec.type = "Generated";
    spec.category = Category::Source;
    spec.keywords = {"toy data", "two moons", "circles", "spirals", "blobs", "xor", "sine", "waves", "time series", "sequence", "points", "make_moons", "synthetic", "dataset"};
    spec.doc = "Points in the plane that are made up here: two moons, circles, spirals, blobs or XOR, told apart by class, or a sine curve "
               "whose height is to be learned; or waves of four forms, which are read step by step. For first steps without any data.";
    spec.outputs = {{"row", PortKind::Tensor, false, "The place of each point: x and y, or x alone of the sine curve; the heights of a wave"},
        {"target", PortKind::Target, false, "The class of each point or wave, or the height of the sine curve"}};
    spec.params = {
        ParamDecl::choice("shape", "moons", {"moons", "circles", "spirals", "blobs", "xor", "sine", "waves"}).doc("How the points lie; waves are sine, square, triangle and sawtooth"),
        ParamDecl::integer("samples", 500).range(10, 100'000).doc("How many points or waves there are"),
        ParamDecl::real("noise", 0.1).range(0, 10).doc("How far points stray from their place: the standard deviation, and the width of a blob"),
        ParamDecl::integer("classes", 3).range(2, 20).onlyWith("shape", {"blobs", "spirals"}).doc("How many blobs or arms of a spiral there are; waves have four classes, the other shapes two"),
        ParamDecl::integer("steps", 32).range(8, 1024).onlyWith("shape", {"waves"}).doc("How many heights of a wave there are, one after the other"),
    };
    for (ParamDecl &decl : splitDecls("nothing", 0.2, 0.2))
        spec.params.push_back(std::move(decl));
    spec.infer = inferGenerated;
    spec.explain = [](const InferInput &input, const Inferred &inferred) -> std::vector<std::string> {
        const std::string how = isSine(input.params) ? "x, " : areWaves(input.params) ? "steps, " : "x and y, ";
        return {"features: " + how + sizeOrUnknown(inferred.outputs.at(0)[1])};
    };
    spec.openSource = openGenerated;
    return spec;
}

} // namespace nodes

} // namespace netloom
