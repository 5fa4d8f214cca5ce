// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "progress.h"
#include "run/search_run.h"

#include <mutex>

namespace netloom::cli {

/// Shows a search's events: a row for each trial that ended and a bar for people, or with @p json one object a line. Any thread may call.
class SearchOutput {
public:
    explicit SearchOutput(bool json) : m_json(json) {}

    void begin(const SearchSettings &settings, const std::filesystem::path &folder);
    void onEvent(const SearchEvent &event);
    void sayStopping();
    void end(const std::vector<SearchTrial> &trials, const std::optional<SearchTrial> &best, bool stopped);

private:
    void showForPrograms(const SearchEvent &event);
    void showForPeople(const SearchEvent &event);
    void showBar();
    void say(const std::string &line);
    std::string scoreText(const std::optional<TrialEpoch> &score) const;
    std::string valuesText(const SearchPoint &point) const;
    std::string bestTable(std::vector<SearchTrial> trials) const;

    std::mutex m_mutex;
    bool m_json;
    SearchSettings m_settings;
    std::filesystem::path m_folder;
    ProgressBar m_bar;
    std::int64_t m_begun = 0, m_ended = 0, m_running = 0;
    std::optional<TrialEpoch> m_best;
};

} // namespace netloom::cli
