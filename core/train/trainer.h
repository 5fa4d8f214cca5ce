// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/batch.h"
#include "graph/graph.h"
#include "graph/source_facts.h"
#include "train/train_event.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace netloom {

/// Everything training needs, as a copy: the user may go on editing. Recipe: see recipeDecls().
struct TrainPlan {
    Graph graph;
    Params recipe;
    SourceFacts facts;

    /// How many batches @p samples of a split make; drop_last counts.
    std::int64_t batchesIn(Split split, std::int64_t samples) const;
};

/// How far training goes on before it pauses by itself.
enum class Stretch { ToTheEnd, Batch, Epoch };

/// How a training is kept, and taken up again; all of it may be left out.
struct TrainerOptions {
    /// Writes a checkpoint's file image. On a thread of its own, never twice at a time.
    using KeepCheckpoint = std::function<Result<Done>(const std::string &bytes)>;
    KeepCheckpoint keepCheckpoint;
    std::function<std::string()> history; ///< what goes into a checkpoint for the caller's own use; called on the training thread
    std::string checkpoint;               ///< the file image that training goes on from; "" starts anew
    std::optional<double> lr;             ///< in the place of the checkpoint's
    std::int64_t stopAfterEpoch = 0;      ///< stops after that epoch, as by hand; 0 goes to the end
    bool pausesOnTrouble = false;         ///< where a checkpoint can't be written, for somebody who is there to mend it; else training fails
};

/// What a checkpoint tells without the network that it is of.
struct CheckpointFacts {
    std::int64_t epoch = 0; ///< being trained, from 1; 0 before the first
    std::int64_t batch = 0; ///< so many of its batches are done
    std::int64_t bestEpoch = 0;
    std::string history;
    std::string weights;    ///< the best epoch's, else the current ones, as Trainer::weights()
};
Result<CheckpointFacts> readCheckpointFacts(const std::string &checkpoint);

/// Trains a graph on its own thread. Events come on that thread, in order; the sink must be quick and thread-safe.
/// No LibTorch type shows here.
class Trainer {
public:
    using EventSink = std::function<void(const TrainEvent &)>;

    /// @p registry must outlive the trainer.
    Trainer(const NodeRegistry &registry, TrainPlan plan, std::shared_ptr<BatchSource> data, EventSink sink, TrainerOptions options = {});
    ~Trainer(); ///< stops and waits
    Trainer(const Trainer &) = delete;
    Trainer &operator=(const Trainer &) = delete;

    /// Starts the thread; once only. The last event is TrainFinished or TrainFailed, whatever happens.
    void start();
    /// All take effect within one batch and return at once.
    void pause(const std::string &reason = {});
    void resume(Stretch stretch = Stretch::ToTheEnd);
    void stop();
    void setLr(double lr); ///< of the steps to come; a schedule goes on from there
    /// Waits for the end.
    void wait();
    bool running() const;

    /// The best epoch's weights (the current ones where no epoch was finished) as a safetensors file image:
    /// names as in PyTorch's state_dict, "conv1.weight". Only after the end.
    std::string weights() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

/// What a pass over one split found out.
struct PassFindings {
    PassResult result;
    ConfusionMatrix confusion;       ///< where classes are learned
    std::vector<Estimate> estimates; ///< where a number is
    LabelTally labels = LabelTally(); ///< where samples have several labels
};

/// What a network gives for a batch of N samples.
struct BatchAnswers {
    std::vector<float> probabilities; ///< N × classes; empty where a number is learned; with several labels each by itself
    std::vector<double> numbers;      ///< N, in their own unit; empty where classes are
};

/// What an evaluation tells as it goes.
struct EvaluationWatch {
    std::function<bool(std::int64_t done, std::int64_t total)> progress = {}; ///< false ends it
    std::function<void(const Batch &batch, const BatchAnswers &answers)> answers = {}; ///< of the main head
    std::function<void(std::size_t head, const Batch &batch, const BatchAnswers &answers)> headAnswers = {}; ///< of the others, from 1
};

/// A trained network, ready to answer; see Trainer::weights(). No LibTorch type shows here.
class Predictor {
public:
    /// Builds the graph and loads the weights. The error says which tensor is missing or has another shape.
    static Result<std::unique_ptr<Predictor>> load(const NodeRegistry &registry, const Graph &graph,
        const SourceFacts &facts, const std::string &safetensors, const std::string &device = "auto");
    ~Predictor();

    /// Class probabilities, N × classes. For a binary head: [1 - p, p]. Not safe from several threads at once.
    Result<std::vector<float>> probabilities(const Batch &batch, const Shape &sampleShape);
    /// The numbers learned, N, in their own unit; only where numbers are. Not safe from several threads at once.
    Result<std::vector<double>> numbers(const Batch &batch, const Shape &sampleShape);
    /// Loss (mean) and scores of the main head over one split; of the samples until then where the watch ended it.
    Result<PassFindings> evaluate(BatchSource &data, Split split, std::int64_t batchSize, const EvaluationWatch &watch = {});
    /// The same of every head in one pass, the main one first.
    Result<std::vector<PassFindings>> evaluateHeads(BatchSource &data, Split split, std::int64_t batchSize, const EvaluationWatch &watch = {});
    /// The losses' names, the main one's first.
    std::vector<std::string> headNames() const;
    /// The first convolution's weights; count 0 where there is none.
    FilterSnapshot filters() const;
    std::int64_t classCount() const; ///< 0 where a number is learned
    bool learnsNumber() const;

private:
    class Impl;
    explicit Predictor(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// "1.13.1", and "cuda" or "cpu": for reports.
std::string torchVersion();
bool cudaAvailable();

} // namespace netloom
