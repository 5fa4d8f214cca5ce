// SPDX-License-Identifier: GPL-3.0-or-later
#include "train_output.h"

#include "console.h"
#include "run/number_text.h"
#include "text_table.h"

#include <iostream>
#include <nlohmann/json.hpp>

namespace netloom::cli {

using Json = nlohmann::ordered_json;

namespace {

std::string passText(const char *name, const PassResult &result)
{
    const std::string text = std::string("  ") + name + " loss " + fixedText(result.loss, 4);
    if (const auto &numbers = result.numbers)
        return text + " R² " + r2Text(numbers->r2) + " MAE " + figureText(numbers->mae) + " RMSE " + figureText(numbers->rmse);
    if (const auto &labels = result.labels)
        return text + " exact match " + percentText(result.accuracy, 2) + " F1 " + fixedText(labels->macro.f1, 3);
    return text + " accuracy " + percentText(result.accuracy, 2);
}

/// "train_loss" and the scores, named the same way; null where there was no such pass.
void addPass(Json &event, const std::string &split, const std::optional<PassResult> &result, bool numbers)
{
    const auto put = [&](const char *name, auto read) { event[split + "_" + name] = result ? jsonNumber(read(*result)) : Json(); };
    put("loss", [](const PassResult &pass) { return pass.loss; });
    if (!numbers) {
        put("accuracy", [](const PassResult &pass) { return pass.accuracy; });
        if (result && result->labels) {
            put("hamming_loss", [](const PassResult &pass) { return pass.labels->hammingLoss; });
            put("macro_f1", [](const PassResult &pass) { return pass.labels->macro.f1; });
            put("micro_f1", [](const PassResult &pass) { return pass.labels->micro.f1; });
        }
        return;
    }
    put("r2", [](const PassResult &pass) { return pass.numbers->r2; });
    put("mae", [](const PassResult &pass) { return pass.numbers->mae; });
    put("rmse", [](const PassResult &pass) { return pass.numbers->rmse; });
}

} // namespace

TrainOutput::TrainOutput(bool json, Project project, std::filesystem::path runFolder)
    : m_json(json), m_project(std::move(project)), m_runFolder(std::move(runFolder))
{
}

void TrainOutput::say(const std::string &line)
{
    m_bar.clear();
    (m_json ? std::cerr : std::cout) << printable(line) << '\n' << std::flush;
}

void TrainOutput::onIssues(const Issues &issues)
{
    const std::lock_guard lock(m_mutex);
    m_bar.clear();
    printIssues(issues, true);
    if (!m_json)
        return;
    for (const Issue &issue : issues) {
        const Node *node = m_project.graph.find(issue.node);
        printEvent({{"event", "issue"}, {"severity", toString(issue.severity)}, {"code", issue.code},
            {"node", node ? Json(node->name) : Json()}, {"message", issue.text}});
    }
}

void TrainOutput::onEvent(const TrainEvent &event)
{
    const std::lock_guard lock(m_mutex);
    std::visit([this](const auto &known) { show(known); }, event);
}

void TrainOutput::sayStopping()
{
    const std::lock_guard lock(m_mutex);
    m_bar.clear();
    std::cerr << "Stopping after this batch; the run is kept. Press Ctrl-C again to end at once.\n";
}

void TrainOutput::show(const TrainStarted &started)
{
    m_epochs = started.epochs;
    m_number = started.number;
    m_samplesWord = started.rows ? "rows" : m_samplesWord;
    if (m_json) {
        Json event{{"event", "start"}, {"device", started.device}, {"threads", started.threads}, {"memory_format", started.memoryFormat},
            {"parameters", started.parameters}, {"start_weights", started.startWeights},
            {"samples", {{"train", started.trainSamples}, {"val", started.valSamples}, {"test", started.testSamples}}}};
        if (m_number)
            event["target"] = *m_number;
        else
            event[started.severalLabels ? "labels" : "classes"] = started.classNames;
        event.update({{"epochs", started.epochs}, {"batch_size", m_project.recipe.integer("batch_size")},
            {"seed", m_project.recipe.integer("seed")}, {"run_dir", m_runFolder.string()}});
        printEvent(event);
        return;
    }
    const std::string learned = m_number ? "learns the number '" + *m_number + "'"
        : std::to_string(started.classNames.size()) + (started.severalLabels ? " labels, several per sample" : " classes");
    say("Training on " + started.device + " with " + std::to_string(started.threads) + " threads: " + commaText(started.parameters)
        + " parameters, " + learned + ", " + commaText(started.trainSamples) + " training, " + commaText(started.valSamples) + " validation, "
        + commaText(started.testSamples) + " test " + m_samplesWord);
    if (!started.startWeights.empty())
        say("Starts from " + m_project.recipe.text("start_from") + ": " + started.startWeights);
}

void TrainOutput::show(const BatchDone &batch)
{
    if (!m_bar.shown())
        return;
    const std::string pass = batch.split == Split::Train ? "" : batch.split == Split::Val ? " validation" : " test";
    const std::string score = batch.numbers ? "R² " + r2Text(batch.numbers->r2) : percentText(batch.accuracy);
    m_bar.update("epoch " + std::to_string(batch.epoch) + "/" + std::to_string(m_epochs) + pass, batch.batch, batch.batches,
        "loss " + fixedText(batch.loss, 3) + "  " + score + "  " + speedText(batch.imagesPerSecond) + "  " + durationText(batch.secondsLeft) + " left");
}

void TrainOutput::show(const TrainResumed &resumed)
{
    if (m_json) {
        Json event{{"event", "resumed"}, {"epoch", resumed.epoch}, {"batch", resumed.batch}, {"epochs_done", resumed.epochs.size()}};
        if (resumed.dataChanged)
            event["data_changed"] = true;
        printEvent(event);
        return;
    }
    if (resumed.dataChanged)
        say("The data has changed since the run began; the report says so.");
    say("Going on in epoch " + std::to_string(resumed.epoch) + (resumed.batch > 0 ? ", after batch " + std::to_string(resumed.batch) : "") + ".");
}

void TrainOutput::show(const EpochDone &epoch)
{
    if (m_json) {
        Json event{{"event", "epoch"}, {"epoch", epoch.epoch}};
        addPass(event, "train", epoch.train, m_number.has_value());
        addPass(event, "val", epoch.val, m_number.has_value());
        event.update({{"images_per_second", jsonNumber(epoch.train.imagesPerSecond())}, {"seconds", jsonNumber(epoch.train.seconds)},
            {"lr", jsonNumber(epoch.lr)}, {"best", epoch.best}});
        printEvent(event);
        return;
    }
    say("epoch " + std::to_string(epoch.epoch) + "/" + std::to_string(m_epochs) + passText("train", epoch.train)
        + (epoch.val ? passText("val", *epoch.val) : "") + "  " + speedText(epoch.train.imagesPerSecond()) + "  "
        + durationText(epoch.train.seconds) + (epoch.best ? "  best" : ""));
}

void TrainOutput::show(const TrainFinished &finished)
{
    m_bar.clear();
    printSentences(finished.unreadable);
    if (m_json) {
        Json event{{"event", "end"}};
        addPass(event, "test", finished.test, m_number.has_value());
        for (const HeadResult &head : finished.heads) {
            Json one{{"name", head.name}};
            addPass(one, "test", head.result, m_number.has_value());
            event["heads"].push_back(std::move(one));
        }
        event.update({{"best_epoch", finished.bestEpoch}, {"stopped", finished.stopped}, {"stopped_early", finished.stoppedEarly}, {"unreadable", finished.unreadable.size()},
            {"run_dir", m_runFolder.string()}});
        printEvent(event);
        return;
    }
    if (finished.test)
        say(passText("test", *finished.test).substr(2) + "  (" + commaText(finished.test->samples) + " " + m_samplesWord + ", best epoch "
            + std::to_string(finished.bestEpoch) + ")");
    for (const HeadResult &head : finished.heads)
        say("  head " + head.name + passText("test", head.result));
    say(std::string(finished.stopped ? "Stopped. " : finished.stoppedEarly ? "Stopped early, since it got no better. " : "") + "The run is in " + m_runFolder.string() + "; open its report.html.");
}

std::string TrainOutput::speedText(double samplesPerSecond) const
{
    return fixedText(samplesPerSecond, 0) + (m_samplesWord == "rows" ? " rows/s" : " images/s");
}

void TrainOutput::show(const TrainFailed &failed)
{
    m_bar.clear();
    m_failed = true;
    reportFailure(failed.text + (failed.dataChanged ? " With --even-if-changed it goes on." : ""), m_json);
}

} // namespace netloom::cli
