// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "search/study.h"

#include <nlohmann/json_fwd.hpp>

namespace netloom {

/// Appends a study's steps to its file, one JSON object a line. A line is written at once and flushed to the disk: at worst the last one
/// is cut off, and is then as if it had not happened.
class StudyJournal {
public:
    static Result<std::unique_ptr<StudyJournal>> create(const std::filesystem::path &file, const SearchSettings &settings, const std::string &project);
    /// For a file that is there; a last line that was cut off is taken away.
    static Result<std::unique_ptr<StudyJournal>> open(const std::filesystem::path &file);
    ~StudyJournal();
    StudyJournal(const StudyJournal &) = delete;
    StudyJournal &operator=(const StudyJournal &) = delete;

    const std::string &problem() const { return m_problem; }

    void writeTask(const SearchSettings &settings, const SearchTrial &trial, std::int64_t toEpoch);
    void writeCost(std::int64_t trial, const TrialCost &cost);
    void writeScore(std::int64_t trial, const TrialEpoch &score);
    void writeRung(std::int64_t trial, double seconds, std::int64_t memory, double elapsed);
    void writeFailure(std::int64_t trial, const std::string &problem, double elapsed);
    void writeBudget(std::int64_t trials, double minutes);

private:
    StudyJournal(int file, std::filesystem::path path) : m_file(file), m_path(std::move(path)) {}
    void write(const nlohmann::ordered_json &step, bool flush);

    int m_file;
    std::filesystem::path m_path;
    std::string m_problem;
};

nlohmann::ordered_json settingsJson(const SearchSettings &settings);
/// The error names the member that is missing or wrong.
Result<SearchSettings> settingsFromJson(const nlohmann::ordered_json &json);

/// {"recipe.lr": 0.001, "recipe.optimizer": "Adam"}
nlohmann::ordered_json pointJson(const std::vector<SearchAxis> &axes, const SearchPoint &point);
std::optional<SearchPoint> pointFromJson(const std::vector<SearchAxis> &axes, const nlohmann::ordered_json &json);

} // namespace netloom
