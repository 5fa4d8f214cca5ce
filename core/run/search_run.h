// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/source_facts.h"
#include "run/trial_worker.h"
#include "search/study.h"

#include <map>
#include <memory>

namespace netloom {

/// A step of a search, for those who watch.
struct SearchEvent {
    enum class What {
        Began,  ///< the trial, or a further part of it
        Scored, ///< an epoch ended
        Ended,  ///< the trial came to a rung or its end, or failed
        Held,   ///< nothing is begun for now: `text` says why
        Over,   ///< the search ended, or was cancelled; always the last
    };
    What what = What::Began;
    SearchTrial trial;
    std::string text; ///< of Over: why it could not go on; "" where it ended as it should
};

/// A search at work: its folder, its trials in parallel processes, and the memory they need. Everything runs on its own threads.
class SearchRun {
public:
    struct Options {
        std::filesystem::path folder;         ///< runs/search-NAME: journal, project and a folder for each trial
        std::string program;                  ///< netloom-cli; not used where there is a worker
        std::shared_ptr<TrialWorker> worker;  ///< in the place of processes
        int threads = 0;                      ///< of all trials together; 0: the machine's
        std::function<std::int64_t()> freeMemory; ///< bytes; by default the machine's
    };
    /// Called on worker threads, one at a time; must be quick and ask the search nothing.
    using EventSink = std::function<void(const SearchEvent &)>;

    /// A new search over @p project. The error says what is wrong with project, data or folder. @p settings.goal is taken as it is.
    static Result<std::unique_ptr<SearchRun>> begin(const NodeRegistry &registry, const Project &project, const SourceFacts &facts,
        const std::filesystem::path &projectFile, const SearchSettings &settings, Options options, EventSink sink);
    /// Goes on with the search in the folder of @p options, with the project as it was then.
    static Result<std::unique_ptr<SearchRun>> resume(const NodeRegistry &registry, Options options, std::int64_t trials, double minutes, EventSink sink);
    ~SearchRun(); ///< cancels and waits
    SearchRun(const SearchRun &) = delete;
    SearchRun &operator=(const SearchRun &) = delete;

    void start();
    /// Trials that run are held where they are; none is begun.
    void setPaused(bool paused);
    /// Stops within a batch; resume() goes on.
    void cancel();
    void wait();
    bool running() const;

    const std::filesystem::path &folder() const;
    /// Of the trials as they are now.
    std::vector<SearchTrial> trials() const;
    std::optional<SearchTrial> best() const;
    SearchSettings settings() const;

private:
    class Impl;
    explicit SearchRun(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// In a search's folder: the project that it varies, as it was.
inline constexpr char kSearchedProject[] = "search.netloom";

/// "runs/search-NAME", with a number behind it where that is taken.
std::filesystem::path freeSearchFolder(const std::filesystem::path &runs, const std::string &name);
/// The folder of a trial: "…/trial-007"; with several folds "…/trial-007/fold-2".
std::filesystem::path trialFolder(const std::filesystem::path &search, std::int64_t trial, std::int64_t fold = 0);
/// The project that a search in @p folder varies.
Result<Project> searchedProject(const NodeRegistry &registry, const std::filesystem::path &folder);
/// The searches right below @p runs, the newest first.
std::vector<std::filesystem::path> listSearches(const std::filesystem::path &runs);

/// The trials of the search in @p folder whose runs were trained on with outside of it, by number, with the epochs that they have now.
std::map<std::int64_t, std::int64_t> trainedOn(const std::filesystem::path &folder, const SearchSettings &settings, const std::vector<SearchTrial> &trials);

/// What is learned decides, unless people do: accuracy of classes, R² of a number.
SearchGoal usualGoal(const SourceFacts &facts);
/// Jobs that suit this machine: half of its cores.
int usualJobs();
/// Why @p settings can't be searched; nothing where they can.
std::optional<Error> settingsProblem(const SearchSettings &settings);

} // namespace netloom
