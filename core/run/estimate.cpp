// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/estimate.h"

#include "graph/warnings.h"
#include "run/number_text.h"
#include "train/remembered.h"

#include <algorithm>
#include <thread>

namespace netloom {

namespace fs = std::filesystem;

namespace {

constexpr double kStepWork = 6;           ///< floating point operations of a step for one multiply-add: forward, and twice that backward
constexpr double kEvaluationWork = 2;
constexpr double kCoreSpeed = 1e10;       ///< floating point operations that a core does in a second with layers of usual sizes
constexpr double kGpuSpeed = 4e12;
constexpr double kSampleSeconds = 3e-5;   ///< for each sample whatever its network: reading, preparing, counting
constexpr double kProgramBytes = 350e6;   ///< LibTorch and the window
constexpr double kKeptCopies = 2;         ///< of the weights: the best epoch's, a checkpoint's
constexpr double kCheckpointNumbers = 4;  ///< for each weight: itself, the best, two of the optimizer
constexpr double kReportBytes = 1e6;
constexpr double kReserve = 10e6;         ///< that a disk should have left

double weightBytes(const Inference &inference)
{
    return 4.0 * static_cast<double>(inference.parameters());
}

/// The weights, a checkpoint, and the one before until it is whole.
double diskBytes(const Inference &inference)
{
    return (1 + 2 * kCheckpointNumbers) * weightBytes(inference) + kReportBytes;
}

double freeBytes(fs::path folder)
{
    std::error_code error;
    while (!fs::exists(folder, error) && folder.has_parent_path() && folder != folder.parent_path())
        folder = folder.parent_path();
    const fs::space_info space = fs::space(folder, error);
    return error ? 0 : static_cast<double>(space.available);
}

double guessedSpeed(const TrainPlan &plan, const Inference &inference)
{
    const bool gpu = plan.recipe.text("device") != "cpu" && cudaAvailable();
    const auto threads = plan.recipe.integer("threads");
    const double cores = threads > 0 ? static_cast<double>(threads) : std::max(1.0, std::thread::hardware_concurrency() / 2.0);
    const double speed = gpu ? kGpuSpeed : kCoreSpeed * cores;
    return 1 / (kStepWork * static_cast<double>(inference.multiplyAdds()) / speed + kSampleSeconds);
}

double memoryBytes(const TrainPlan &plan, const Inference &inference)
{
    return kProgramBytes + trainingBytes(inference, plan.recipe.integer("batch_size")) + kKeptCopies * weightBytes(inference);
}

} // namespace

TrainingEstimate estimateTraining(const NodeRegistry &registry, const TrainPlan &plan, const Inference &inference, const fs::path &folder)
{
    TrainingEstimate estimate;
    estimate.memoryBytes = memoryBytes(plan, inference);
    estimate.diskBytes = diskBytes(inference);
    estimate.freeDiskBytes = freeBytes(folder);
    if (!plan.facts.known || inference.multiplyAdds() <= 0)
        return estimate;
    double speed = RememberedSpeed(registry, plan).samplesPerSecond();
    estimate.measured = speed > 0;
    if (!estimate.measured)
        speed = guessedSpeed(plan, inference);
    const double evaluated = kEvaluationWork / kStepWork;
    const auto epochs = static_cast<double>(plan.recipe.integer("epochs"));
    const auto samples = [&](const char *split) { return static_cast<double>(plan.facts.total(split)); };
    estimate.seconds = (epochs * (samples("train") + evaluated * samples("val")) + evaluated * samples("test")) / speed;
    return estimate;
}

std::string lackOfDisk(const Inference &inference, const fs::path &folder)
{
    const double needed = diskBytes(inference) + kReserve;
    const double left = freeBytes(folder);
    if (left <= 0 || left >= needed)
        return {};
    return "The run needs about " + bytesText(needed) + " of disk, but only " + bytesText(left) + " are free where '" + folder.string()
        + "' lies: free some space, or choose another folder.";
}

std::string bytesText(double bytes)
{
    if (bytes >= 1e9)
        return fixedText(bytes / 1e9, 1) + " GB";
    if (bytes >= 1e6)
        return fixedText(bytes / 1e6, 0) + " MB";
    return fixedText(bytes / 1e3, 0) + " kB";
}

} // namespace netloom
