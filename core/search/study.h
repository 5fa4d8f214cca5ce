// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"
#include "search/pruner.h"
#include "search/sampler.h"

#include <filesystem>
#include <memory>

namespace netloom {

/// What is searched, how, and for how long.
struct SearchSettings {
    std::vector<SearchAxis> axes;
    SamplerKind sampler = SamplerKind::MultivariateTpe;
    PrunerKind pruner = PrunerKind::None;
    std::int64_t factor = 3;      ///< of the pruner: one trial in so many goes on from a rung
    std::int64_t leastEpochs = 1; ///< of the pruner: the first rung
    std::int64_t fullEpochs = 1;  ///< of a trial that is trained in full
    std::uint64_t seed = 1;
    std::int64_t trials = 0;      ///< how many are begun at most; 0: as many as the time allows
    double minutes = 0;           ///< nothing is begun after these; 0: no such end
    std::int64_t folds = 1;       ///< each trial is trained so many times, on folds of the data; 1: on the data's own validation part
    std::int64_t jobs = 1;        ///< so many trials at a time at most
    SearchGoal goal = SearchGoal::accuracy();
    friend bool operator==(const SearchSettings &, const SearchSettings &) = default;
};

class StudyJournal;

/// A search as it stands: which points were tried, how they did, and what is to be trained next. With a journal every step is on the
/// disk before the next is taken, so that a search goes on after its process was killed. Knows nothing of networks; not thread-safe.
class Study {
public:
    explicit Study(SearchSettings settings);
    ~Study();
    Study(Study &&) noexcept;
    Study &operator=(Study &&) noexcept;

    /// Begins a search whose journal is @p file, in which none may have begun yet. @p project: the file that is searched, for people.
    static Result<Study> begin(SearchSettings settings, const std::filesystem::path &file, const std::string &project);
    /// The search as @p file has it. A last line that was cut off is left out; what ran is to be trained again.
    static Result<Study> read(const std::filesystem::path &file);
    /// The same while another process searches: what runs there is left running, and nothing can be asked for next.
    static Result<Study> readRunning(const std::filesystem::path &file);
    /// Writes further steps into @p file, which it was read from.
    Result<Done> keepIn(const std::filesystem::path &file);
    /// Why the journal could not be written; "" while all is well.
    const std::string &journalProblem() const;

    /// Epochs that one trial is to be trained for.
    struct Task {
        std::int64_t trial = 0;     ///< its number
        std::int64_t fromEpoch = 0; ///< 0: from the beginning; else it goes on after these
        std::int64_t toEpoch = 0;
        friend bool operator==(const Task &, const Task &) = default;
    };
    /// What to train next; its trial runs from now on. Nothing while that depends on what runs, and at the end.
    std::optional<Task> next();
    void setCost(std::int64_t trial, const TrialCost &cost);
    /// A score that isn't finite is left out.
    void addScore(std::int64_t trial, const TrialEpoch &score);
    /// The trial came to the end of its task.
    void finishTask(std::int64_t trial, double seconds, std::int64_t memory);
    void failTrial(std::int64_t trial, const std::string &problem);
    /// The task was broken off; next() gives it again.
    void giveBack(std::int64_t trial);
    /// Nothing is begun any more: the time is up.
    void close() { m_closed = true; }
    /// True when nothing runs and nothing is to be trained; trials that waited are then stopped ones.
    bool over();
    /// Allows more: a search that was over may go on.
    void extend(std::int64_t trials, double minutes);

    const SearchSettings &settings() const { return m_settings; }
    const Ladder &ladder() const { return m_ladder; }
    const std::vector<SearchTrial> &trials() const { return m_trials; }
    const SearchTrial &trial(std::int64_t number) const { return m_trials[std::size_t(number - 1)]; }
    /// The best of those that were trained longest; null before the first score.
    const SearchTrial *best() const;
    const std::string &project() const { return m_project; }
    /// Seconds that the search has been at work, kept with the next step.
    void setElapsed(double seconds) { m_elapsed = seconds; }
    double elapsed() const { return m_elapsed; }

private:
    friend class StudyReplay;

    static Result<Study> replay(const std::filesystem::path &file);
    SearchTrial &at(std::int64_t number) { return m_trials[std::size_t(number - 1)]; }
    bool allBegun() const;
    std::optional<SearchPoint> nextPoint();
    Task run(SearchTrial &trial);
    std::size_t comparedRung() const;
    std::vector<Observation> observations() const;

    SearchSettings m_settings;
    Ladder m_ladder;
    std::unique_ptr<Sampler> m_sampler;
    std::vector<SearchTrial> m_trials;
    std::vector<std::int64_t> m_again; ///< tasks that were given back
    std::unique_ptr<StudyJournal> m_journal;
    std::string m_project;
    double m_elapsed = 0;
    bool m_exhausted = false; ///< every point was tried
    bool m_closed = false;
};

/// The search's journal in its folder.
inline constexpr char kSearchFile[] = "search.jsonl";

/// Whether the search whose journal is @p file took its first step; one that was ended before that has nothing to go on with.
bool hasBegun(const std::filesystem::path &file);
/// Whether a process is at the search whose journal is @p file right now.
bool isBeingSearched(const std::filesystem::path &file);

} // namespace netloom
