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
    return std::string("  ") + name + " loss " + fixedText(result.loss, 4) + " accuracy " + percentText(result.accuracy, 2);
}

} // namespace

TrainOutput::TrainOutput(bool json, const Project &project, std::filesystem::path runFolder)
    : m_json(json), m_project(project), m_runFolder(std::move(runFolder))
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
    if (m_json) {
        printEvent({{"event", "start"}, {"device", started.device}, {"threads", started.threads}, {"memory_format", started.memoryFormat},
            {"parameters", started.parameters},
            {"samples", {{"train", started.trainSamples}, {"val", started.valSamples}, {"test", started.testSamples}}},
            {"classes", started.classNames}, {"epochs", started.epochs},
            {"batch_size", m_project.recipe.integer("batch_size")}, {"seed", m_project.recipe.integer("seed")},
            {"run_dir", m_runFolder.string()}});
        return;
    }
    say("Training on " + started.device + " with " + std::to_string(started.threads) + " threads: " + commaText(started.parameters)
        + " parameters, " + std::to_string(started.classNames.size()) + " classes, " + commaText(started.trainSamples)
        + " training, " + commaText(started.valSamples) + " validation, " + commaText(started.testSamples) + " test pictures");
}

void TrainOutput::show(const BatchDone &batch)
{
    if (!m_bar.shown())
        return;
    const std::string pass = batch.split == Split::Train ? "" : batch.split == Split::Val ? " validation" : " test";
    m_bar.update("epoch " + std::to_string(batch.epoch) + "/" + std::to_string(m_epochs) + pass, batch.batch, batch.batches,
        "loss " + fixedText(batch.loss, 3) + "  " + percentText(batch.accuracy) + "  " + fixedText(batch.imagesPerSecond, 0)
            + " images/s  " + durationText(batch.secondsLeft) + " left");
}

void TrainOutput::show(const EpochDone &epoch)
{
    if (m_json) {
        printEvent({{"event", "epoch"}, {"epoch", epoch.epoch}, {"train_loss", jsonNumber(epoch.train.loss)},
            {"train_accuracy", jsonNumber(epoch.train.accuracy)}, {"val_loss", epoch.val ? jsonNumber(epoch.val->loss) : Json()},
            {"val_accuracy", epoch.val ? jsonNumber(epoch.val->accuracy) : Json()},
            {"images_per_second", jsonNumber(epoch.train.imagesPerSecond())}, {"seconds", jsonNumber(epoch.train.seconds)},
            {"best", epoch.best}});
        return;
    }
    say("epoch " + std::to_string(epoch.epoch) + "/" + std::to_string(m_epochs) + passText("train", epoch.train)
        + (epoch.val ? passText("val", *epoch.val) : "") + "  " + fixedText(epoch.train.imagesPerSecond(), 0) + " images/s  "
        + durationText(epoch.train.seconds) + (epoch.best ? "  best" : ""));
}

void TrainOutput::show(const TrainFinished &finished)
{
    m_bar.clear();
    printSentences(finished.unreadable);
    if (m_json) {
        printEvent({{"event", "end"}, {"test_accuracy", finished.test ? jsonNumber(finished.test->accuracy) : Json()},
            {"test_loss", finished.test ? jsonNumber(finished.test->loss) : Json()}, {"best_epoch", finished.bestEpoch},
            {"stopped", finished.stopped}, {"unreadable", finished.unreadable.size()}, {"run_dir", m_runFolder.string()}});
        return;
    }
    if (finished.test)
        say(passText("test", *finished.test).substr(2) + "  (" + commaText(finished.test->samples) + " pictures, best epoch "
            + std::to_string(finished.bestEpoch) + ")");
    say(std::string(finished.stopped ? "Stopped. " : "") + "The run is in " + m_runFolder.string() + "; open its report.html.");
}

void TrainOutput::show(const TrainFailed &failed)
{
    m_bar.clear();
    m_failed = true;
    reportFailure(failed.text, m_json);
}

} // namespace netloom::cli
