// SPDX-License-Identifier: GPL-3.0-or-later
// The check for machines that have LibTorch alone: `torch_only [auto|cpu|cuda [--verbose|--speed]]`. No Qt, so it reports by itself.
#include "graph/recipe.h"
#include "support/tensor_source.h"
#include "train/device_checks.h"
#include "train/trainer.h"

#include <cstdio>

using namespace netloom;

namespace {

struct Outcome {
    std::string device;
    std::string failure;
    std::vector<double> losses; ///< training loss after every report and epoch
    double firstLoss = 0, lastLoss = 0;
    double testAccuracy = 0;
    double imagesPerSecond = 0;
    std::string weights;
};

Outcome train(const NodeRegistry &registry, const Graph &graph, const std::string &device)
{
    const SourceFacts facts = test::tensorFacts(1, 12, 4);
    Params recipe = Params::defaults(recipeDecls());
    recipe.set("device", device);
    recipe.set("epochs", std::int64_t{5});
    recipe.set("threads", std::int64_t{1}); // fastest for networks this small
    recipe.set("lr", 0.005);
    Outcome outcome;
    Trainer trainer(registry, {graph, recipe, facts}, test::waveBatches(facts, 400, 50, 50), [&](const TrainEvent &event) {
        if (const auto *started = std::get_if<TrainStarted>(&event))
            outcome.device = started->device;
        if (const auto *epoch = std::get_if<EpochDone>(&event)) {
            outcome.losses.push_back(epoch->train.loss);
            outcome.losses.push_back(epoch->val->loss);
            outcome.firstLoss = epoch->epoch == 1 ? epoch->train.loss : outcome.firstLoss;
            outcome.lastLoss = epoch->train.loss;
            outcome.imagesPerSecond = epoch->train.imagesPerSecond();
        }
        if (const auto *finished = std::get_if<TrainFinished>(&event))
            outcome.testAccuracy = finished->test->accuracy;
        if (const auto *failed = std::get_if<TrainFailed>(&event))
            outcome.failure = failed->text;
    });
    trainer.start();
    trainer.wait();
    outcome.weights = trainer.weights();
    return outcome;
}

/// 0 when all is well, else 1.
int check(const NodeRegistry &registry, const char *name, const Graph &graph, const std::string &device)
{
    const Outcome once = train(registry, graph, device);
    if (!once.failure.empty()) {
        std::printf("FAILED %s: %s\n", name, once.failure.c_str());
        return 1;
    }
    const Outcome again = train(registry, graph, device);
    const bool learns = once.lastLoss < 0.5 * once.firstLoss && once.testAccuracy > 0.9;
    const bool repeats = once.losses == again.losses && once.weights == again.weights;
    std::printf("%s %s on %s: loss %.6f -> %.6f, test accuracy %.3f, %.0f images/s%s%s\n", learns && repeats ? "ok    " : "FAILED", name,
        once.device.c_str(), once.firstLoss, once.lastLoss, once.testAccuracy, once.imagesPerSecond,
        learns ? "" : ", does not learn", repeats ? ", repeats bit for bit" : ", DOES NOT REPEAT");
    return learns && repeats ? 0 : 1;
}

/// Prints what was found, all of it where @p talks; gives how many don't hold.
int report(const char *title, const test::Findings &findings, bool talks)
{
    int failures = 0;
    for (const test::Finding &finding : findings) {
        if (talks || !finding.holds)
            std::printf("%s %s: %s\n", finding.holds ? "ok    " : "FAILED", finding.what.c_str(), finding.found.c_str());
        failures += finding.holds ? 0 : 1;
    }
    std::printf("%s: %zu looked at, %d failed\n", title, findings.size(), failures);
    return failures;
}

} // namespace

int main(int argc, char **argv)
{
    const std::string wanted = argc > 1 ? argv[1] : "auto";
    const bool talks = argc > 2 && std::string(argv[2]) == "--verbose";
    std::printf("LibTorch %s, CUDA %s\n", torchVersion().c_str(), cudaAvailable() ? "available" : "not available");
    const std::string device = wanted == "auto" ? (cudaAvailable() ? "cuda" : "cpu") : wanted;
    const NodeRegistry registry = test::tensorRegistry();
    if (argc > 2 && std::string(argv[2]) == "--speed")
        return report("Speed", test::measureSpeed(registry, device), true) == 0 ? 0 : 1;
    int failures = check(registry, "MLP", test::smallMlp(registry), device) + check(registry, "CNN", test::smallCnn(registry), device);
    failures += report("Layers and losses against 64 bit", test::checkCatalogue(registry, device), talks);
    failures += report("Optimizers and rules", test::checkTraining(registry, device), talks);
    failures += report("Mixed precision", test::checkMixedPrecision(registry, device), talks);
    failures += report("Out of memory", test::checkOutOfMemory(registry, device), talks);
    std::printf("%s\n", failures == 0 ? "all hold" : "some fail");
    return failures == 0 ? 0 : 1;
}
