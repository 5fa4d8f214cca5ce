// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_writer.h"

#include "run/report.h"
#include "run/run_csv.h"
#include "run/run_json.h"

#include <algorithm>

namespace netloom {

namespace fs = std::filesystem;

std::string RunRecord::status() const
{
    if (!failure.empty())
        return "failed";
    if (!finished)
        return "running";
    return finished->stopped ? "stopped" : "finished";
}

std::int64_t RunRecord::bestEpoch() const
{
    if (finished)
        return finished->bestEpoch;
    std::int64_t best = 0;
    for (const EpochDone &epoch : epochs)
        best = epoch.best ? epoch.epoch : best;
    return best;
}

bool RunRecord::confusionIsTest() const
{
    return finished && finished->test && (finished->confusion.classes > 0 || !finished->estimates.empty() || !finished->labels.empty());
}

const ConfusionMatrix *RunRecord::confusion() const
{
    if (confusionIsTest())
        return finished->confusion.classes > 0 ? &finished->confusion : nullptr;
    const ConfusionMatrix *found = nullptr;
    for (const EpochDone &epoch : epochs) {
        if (epoch.confusion.classes > 0 && (epoch.best || epoch.epoch == bestEpoch() || !found))
            found = &epoch.confusion;
    }
    return found;
}

const std::vector<Estimate> *RunRecord::estimates() const
{
    if (confusionIsTest())
        return finished->estimates.empty() ? nullptr : &finished->estimates;
    const std::vector<Estimate> *found = nullptr;
    for (const EpochDone &epoch : epochs) {
        if (!epoch.estimates.empty() && (epoch.best || epoch.epoch == bestEpoch() || !found))
            found = &epoch.estimates;
    }
    return found;
}

const LabelTally *RunRecord::labels() const
{
    if (confusionIsTest())
        return finished->labels.empty() ? nullptr : &finished->labels;
    const LabelTally *found = nullptr;
    for (const EpochDone &epoch : epochs) {
        if (!epoch.labels.empty() && (epoch.best || epoch.epoch == bestEpoch() || !found))
            found = &epoch.labels;
    }
    return found;
}

const EpochDone *RunRecord::best() const
{
    const auto found = std::ranges::find(epochs, bestEpoch(), &EpochDone::epoch);
    return found == epochs.end() ? nullptr : &*found;
}

std::string RunRecord::judgedSamples() const
{
    const bool validated = started && started->valSamples > 0;
    return std::string("the ").append(confusionIsTest() ? "test " : validated ? "validation " : "training ").append(samplesWord());
}

PassResult RunRecord::trainingTotal() const
{
    PassResult total;
    for (const EpochDone &epoch : epochs) {
        total.samples += epoch.train.samples;
        total.seconds += epoch.train.seconds;
    }
    return total;
}

std::string RunRecord::title() const
{
    if (!projectFile.empty())
        return projectFile.stem().string();
    return unsavedTitle.empty() ? "Untitled network" : unsavedTitle;
}

Result<Done> RunWriter::checkFolder() const
{
    std::error_code error;
    if (!fs::exists(m_folder, error))
        return Done{};
    if (!fs::is_directory(m_folder, error))
        return Error{"The run cannot be written to '" + m_folder.string() + "': it is a file. Choose a new folder."};
    if (!fs::is_empty(m_folder, error) || error)
        return Error{"The run cannot be written to '" + m_folder.string()
            + "': the folder holds files already. Choose a new or empty folder."};
    return Done{};
}

Result<Done> RunWriter::write(const char *name, const std::string &bytes) const
{
    std::error_code error;
    if (!fs::exists(m_folder, error))
        return Error{"The run's folder '" + m_folder.string() + "' isn't there any more: put it back, or connect the disk that it lies on."};
    return writeFileAtomically(m_folder / name, bytes);
}

Result<Done> RunWriter::begin(const RunRecord &record)
{
    std::error_code error;
    fs::create_directories(m_folder, error);
    if (error)
        return Error{"Cannot make the run's folder '" + m_folder.string() + "': " + error.message() + "."};
    if (Result<Done> done = saveProject(record.project, m_registry, m_folder / kProjectFile); !done)
        return done;
    return writeProgress(record);
}

void RunWriter::removeLeftovers() const
{
    std::error_code error;
    std::vector<fs::path> parts;
    for (fs::directory_iterator file(m_folder, error); !error && file != fs::directory_iterator(); file.increment(error)) {
        const std::string name = file->path().filename().string();
        if (name.starts_with(".") && name.ends_with(".part"))
            parts.push_back(file->path());
    }
    for (const fs::path &part : parts)
        fs::remove(part, error);
}

void RunWriter::removeCheckpoint() const
{
    std::error_code ignored;
    fs::remove(m_folder / kCheckpointFile, ignored);
}

Result<Done> RunWriter::writeProgress(const RunRecord &record)
{
    if (Result<Done> done = write(kMetricsFile, metricsCsv(record)); !done)
        return done;
    if (const ConfusionMatrix *confusion = record.confusion()) {
        if (Result<Done> done = write(kConfusionFile, confusionCsv(*confusion, record.facts.classNames)); !done)
            return done;
    }
    if (const LabelTally *labels = record.labels()) {
        if (Result<Done> done = write(kLabelsFile, labelsCsv(*labels, record.facts.classNames)); !done)
            return done;
    }
    if (const std::vector<Estimate> *estimates = record.estimates()) {
        if (Result<Done> done = write(kEstimatesFile, estimatesCsv(*estimates)); !done)
            return done;
    }
    Result<Done> written = write(kFactsFile, runJson(record));
    m_registration.update(record);
    return written;
}

Result<Done> RunWriter::finish(const RunRecord &record, const std::string &weights)
{
    std::error_code error;
    if (!fs::exists(m_folder, error)) {
        if (Result<Done> begun = begin(record); !begun)
            return begun;
    }
    if (!weights.empty()) {
        if (Result<Done> done = write(kWeightsFile, weights); !done) {
            // Small files may still fit, and then say what happened.
            RunRecord failed = record;
            failed.failure = done.error().text;
            (void)write(kReportFile, reportHtml(failed));
            (void)writeProgress(failed);
            return done;
        }
    }
    if (Result<Done> done = write(kReportFile, reportHtml(record)); !done)
        return done;
    return writeProgress(record);
}

} // namespace netloom
