// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/first_trials.h"

#include "data/random.h"
#include "graph/recipe.h"
#include "model/failure.h"
#include "train/learner.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace netloom {

namespace {

constexpr double kLowestLr = 1e-7;
constexpr double kHighestLr = 10;
constexpr double kSmoothing = 0.9; ///< share of what was before in the smoothed loss
constexpr double kTooHigh = 4;     ///< times the best loss
constexpr std::size_t kUnsettled = 8; ///< first points, whose mean is of too few batches
constexpr std::size_t kAround = 5; ///< points on each side, for a slope: over a factor of five in the learning rate
constexpr double kByHeart = 0.05;  ///< of the first loss, where a number is learned

const Error kStopped{"It was stopped."};

/// The plan with one learning rate throughout, on a batch at a time.
TrainPlan plain(const TrainPlan &plan)
{
    TrainPlan made = plan;
    const Params usual = Params::defaults(recipeDecls());
    for (const char *name : {"schedule", "warmup_epochs", "accumulation_steps"}) {
        if (findRecipeDecl(name))
            made.recipe.set(name, usual.at(name));
    }
    return made;
}

/// Training batches without end.
class EndlessBatches {
public:
    EndlessBatches(const TrainPlan &plan, BatchSource &data) : m_plan(plan), m_data(data) {}

    std::unique_ptr<Batch> next()
    {
        auto batch = m_epoch > 0 ? m_data.next() : nullptr;
        if (batch)
            return batch;
        m_data.begin(Split::Train, m_plan.recipe.integer("batch_size"), seed(), ++m_epoch, true);
        batch = m_data.next();
        if (!batch)
            throw std::runtime_error("Not one of the training samples can be read: check the data.");
        return batch;
    }
    std::uint64_t seed() const { return static_cast<std::uint64_t>(m_plan.recipe.integer("seed")); }

private:
    const TrainPlan &m_plan;
    BatchSource &m_data;
    std::int64_t m_epoch = 0;
};

/// A mean over the last points, which counts the first ones rightly too (as Adam's).
class SmoothedLoss {
public:
    double add(double loss)
    {
        m_sum = kSmoothing * m_sum + (1 - kSmoothing) * loss;
        m_weight = kSmoothing * m_weight + (1 - kSmoothing);
        return m_sum / m_weight;
    }

private:
    double m_sum = 0, m_weight = 0;
};

/// The slope of the loss over the logarithm of the learning rate, by least squares over the points around @p middle: what single batches
/// do to the loss evens out.
double slopeAround(const std::vector<LrPoint> &points, std::size_t middle)
{
    double x = 0, y = 0, xx = 0, xy = 0;
    for (std::size_t at = middle - kAround; at <= middle + kAround; ++at) {
        const double place = double(at) - double(middle); // the points are evenly spaced
        x += place;
        y += points[at].loss;
        xx += place * place;
        xy += place * points[at].loss;
    }
    const double count = 2 * kAround + 1;
    return (count * xy - x * y) / (count * xx - x * x);
}

/// Where the loss falls steepest before its minimum.
std::optional<double> steepest(const std::vector<LrPoint> &points)
{
    if (points.size() < kUnsettled + 2 * kAround + 1)
        return std::nullopt;
    const auto lowest = static_cast<std::size_t>(std::ranges::min_element(points.begin() + kUnsettled, points.end(), {}, &LrPoint::loss) - points.begin());
    std::optional<double> found;
    double steepestSlope = 0;
    for (std::size_t middle = kUnsettled + kAround; middle + kAround <= lowest; ++middle) {
        const double slope = slopeAround(points, middle);
        if (slope < steepestSlope) {
            steepestSlope = slope;
            found = points[middle].lr;
        }
    }
    return found;
}

LrSearch search(Learner &learner, EndlessBatches batches, BatchSource &data, const GoesOn &goesOn, int steps)
{
    LrSearch found;
    SmoothedLoss smoothed;
    double best = std::numeric_limits<double>::infinity();
    learner.beginTraining();
    for (int step = 0; step < steps; ++step) {
        if (!goesOn(step, steps))
            return {};
        const double lr = kLowestLr * std::pow(kHighestLr / kLowestLr, double(step) / (steps - 1));
        learner.setLr(lr);
        auto batch = batches.next();
        double loss = 0;
        learner.step(*batch, mixSeed({batches.seed(), static_cast<std::uint64_t>(step)}),
            [&loss](const torch::Tensor &value, const torch::Tensor &) { loss = value.item<double>(); });
        data.recycle(std::move(batch));
        if (!std::isfinite(loss))
            break;
        found.points.push_back({lr, smoothed.add(loss)});
        best = std::min(best, found.points.back().loss);
        if (found.points.back().loss > kTooHigh * best)
            break;
    }
    found.suggestion = steepest(found.points);
    return found;
}

std::string lossText(double loss)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", loss);
    return text;
}

std::string sentenceOf(const OverfitCheck &check, double lr, bool number)
{
    const std::string batch = "One batch of " + std::to_string(check.samples) + " samples ";
    const std::string losses = "its loss went from " + lossText(check.firstLoss) + " to " + lossText(check.lastLoss);
    if (check.learned)
        return batch + "was learned by heart in " + std::to_string(check.steps) + " steps: " + losses
            + ". Data, layers and loss work together.";
    if (!std::isfinite(check.lastLoss))
        return batch + "can't be learned: the loss is no finite number after " + std::to_string(check.steps) + " steps. Lower lr (now "
            + formatParam(lr) + "), or scale the data.";
    const std::string right = number ? "" : ", and " + std::to_string(int(std::lround(100 * check.rightShare))) + " % of it are right";
    return batch + "isn't learned by heart after " + std::to_string(check.steps) + " steps: " + losses + right
        + ". Try another lr (Find learning rate helps), a larger network, or look whether the labels belong to the samples.";
}

/// Dropout would keep the network from knowing the batch by heart.
void restDropout(GraphModule &network)
{
    for (const auto &module : network.modules()) {
        if (module->name().find("Dropout") != std::string::npos)
            module->eval();
    }
}

/// Samples whose class, or whose every label, is as predicted.
std::int64_t rightIn(const torch::Tensor &predictions, const Batch &batch)
{
    if (batch.labels.empty())
        return predictions.eq(torch::tensor(batch.targets)).sum().item<std::int64_t>();
    return predictions.eq(torch::tensor(batch.labels).view(predictions.sizes())).all(1).sum().item<std::int64_t>();
}

OverfitCheck overfit(Learner &learner, Batch &batch, const GoesOn &goesOn, int steps)
{
    GraphModule &network = learner.network();
    const bool number = network.numberScale().has_value();
    OverfitCheck check;
    check.samples = batch.count;
    learner.beginTraining();
    restDropout(network);
    for (int step = 0; step <= steps && goesOn(step, steps); ++step) {
        double loss = 0;
        std::int64_t right = 0;
        const Batch original = batch; // a step may work in its memory
        learner.step(batch, 0, [&](const torch::Tensor &value, const torch::Tensor &predictions) {
            loss = value.item<double>();
            right = number ? 0 : rightIn(predictions.to(torch::kCPU), batch);
        });
        batch = original;
        check.firstLoss = step == 0 ? loss : check.firstLoss;
        check.lastLoss = loss;
        check.steps = step;
        check.rightShare = double(right) / double(batch.count);
        check.learned = number ? loss < kByHeart * check.firstLoss : right == batch.count && loss < check.firstLoss / 2;
        if (check.learned || !std::isfinite(loss))
            break;
    }
    return check;
}

} // namespace

Result<LrSearch> searchLearningRate(const NodeRegistry &registry, const TrainPlan &wanted, BatchSource &data, const GoesOn &goesOn, int steps)
{
    try {
        const TrainPlan plan = plain(wanted);
        Learner learner(registry, plan, std::nullopt, [&] { return !goesOn(0, steps); });
        learner.checkData(data);
        LrSearch found = search(learner, EndlessBatches(plan, data), data, goesOn, steps);
        if (found.points.empty())
            return goesOn(steps, steps) ? Error{"The loss is no finite number at the first step: scale the data, for example with Normalize."} : kStopped;
        return found;
    } catch (const std::exception &exception) {
        return Error{failureText(exception)};
    }
}

Result<OverfitCheck> overfitOneBatch(const NodeRegistry &registry, const TrainPlan &wanted, BatchSource &data, const GoesOn &goesOn, int steps)
{
    try {
        const TrainPlan plan = plain(wanted);
        Learner learner(registry, plan, std::nullopt, [&] { return !goesOn(0, steps); });
        learner.checkData(data);
        const auto batch = EndlessBatches(plan, data).next();
        OverfitCheck check = overfit(learner, *batch, goesOn, steps);
        if (!goesOn(steps, steps))
            return kStopped;
        check.text = sentenceOf(check, learner.lr(), learner.network().numberScale().has_value());
        return check;
    } catch (const std::exception &exception) {
        return Error{failureText(exception)};
    }
}

} // namespace netloom
