// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace netloom {

/// What is known of one run without its network and weights: a row of a table of runs.
struct RunEntry {
    std::filesystem::path folder;
    std::string title;              ///< of the project that was trained
    std::filesystem::path project;  ///< where that lay; "" when it was never saved
    std::string started;            ///< local time, "2026-11-25T14:30:05+0100"
    std::string ended;              ///< the same; "" while it runs
    std::string status;             ///< "running", "finished", "stopped", "failed", or "interrupted" where its process is gone
    std::string failure;            ///< why it ended early; "" otherwise
    std::int64_t epochs = 0;        ///< that were finished
    std::int64_t bestEpoch = 0;     ///< 0 for none
    std::optional<double> accuracy; ///< on the test samples, where classes were learned
    std::optional<double> r2;       ///< the same where a number was
    double seconds = 0;             ///< in training and validation
    std::string device;
    std::int64_t threads = 0;
    std::int64_t parameters = 0;
    std::string dataPrint; ///< fingerprint of the data that it learned from; "" where none was taken
    std::string networkPrint; ///< of project.netloom
    std::string netloom, torch; ///< versions
    std::map<std::string, double> figures;     ///< "train_loss", "val_accuracy", ... of the best epoch; "test_loss", ...
    std::map<std::string, std::string> recipe; ///< "lr" → "0.001", as it was trained
    std::vector<std::string> tags;             ///< people's own; the store alone holds them
    std::string note;                          ///< the same

    /// The folder between the runs' and this one: "search-first", or "2026-11-25_143005_cnn_seeds"; "" for a run by itself.
    std::string group;
    /// True in a group of runs that differ in their seed alone.
    bool isOfSeeds = false;

    std::optional<double> figure(const std::string &name) const
    {
        const auto found = figures.find(name);
        return found == figures.end() ? std::nullopt : std::optional(found->second);
    }
    bool learnsNumber() const { return r2.has_value() || figures.contains("val_r2") || figures.contains("train_r2"); }
    friend bool operator==(const RunEntry &, const RunEntry &) = default;
};

/// A value of a curve: x is the epoch, from 1.
using CurvePoints = std::vector<std::pair<double, double>>;
/// "train_loss", "val_accuracy", ... → a value for each epoch. Values that aren't finite are left out.
using RunCurves = std::map<std::string, CurvePoints>;

} // namespace netloom
