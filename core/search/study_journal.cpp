// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/study_journal.h"

#include "project/json_text.h"
#include "project/project.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <unistd.h>

namespace netloom {

namespace {

constexpr std::int64_t kVersion = 1;
constexpr int kTries = 20;
constexpr useconds_t kPause = 5000; ///< somebody who only looks holds a lock for an instant

Error cannotWrite(const std::filesystem::path &file, int code)
{
    return Error{"The search's journal '" + file.string() + "' can't be written (" + std::strerror(code)
        + "): make room or choose another folder, then go on with the search."};
}

bool isLocked(int descriptor)
{
    return ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

/// Keeps other processes from going on with the same search.
std::optional<Error> lock(int descriptor, const std::filesystem::path &file)
{
    for (int tries = 1; isLocked(descriptor); ++tries) {
        if (tries == kTries)
            return Error{"The search in '" + file.parent_path().string() + "' is running in another program: stop it there first, or wait for its end."};
        ::usleep(kPause);
    }
    return std::nullopt;
}

} // namespace

bool hasBegun(const std::filesystem::path &file)
{
    std::ifstream journal(file);
    std::string step;
    return std::getline(journal, step) && !journal.eof(); // with its end
}

bool isBeingSearched(const std::filesystem::path &file)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool locked = isLocked(descriptor);
    ::close(descriptor);
    return locked;
}

Result<std::unique_ptr<StudyJournal>> StudyJournal::create(const std::filesystem::path &file, const SearchSettings &settings, const std::string &project)
{
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return cannotWrite(file, errno);
    std::unique_ptr<StudyJournal> journal(new StudyJournal(descriptor, file));
    if (const auto locked = lock(descriptor, file))
        return *locked;
    if (hasBegun(file))
        return Error{"There is a search in '" + file.parent_path().string() + "' already: go on with it, or give the new one another name."};
    if (::ftruncate(descriptor, 0) != 0) // of one that was ended while it wrote its first step
        return cannotWrite(file, errno);
    journal->write({{"event", "search"}, {"version", kVersion}, {"project", project}, {"settings", settingsJson(settings)}}, true);
    if (!journal->problem().empty())
        return Error{journal->problem()};
    return journal;
}

Result<std::unique_ptr<StudyJournal>> StudyJournal::open(const std::filesystem::path &file)
{
    const Result<std::string> text = readFile(file);
    if (!text)
        return text.error();
    const auto whole = text->rfind('\n');
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (descriptor < 0)
        return cannotWrite(file, errno);
    std::unique_ptr<StudyJournal> journal(new StudyJournal(descriptor, file));
    if (const auto locked = lock(descriptor, file))
        return *locked;
    if (whole != std::string::npos && whole + 1 < text->size() && ::ftruncate(descriptor, off_t(whole) + 1) != 0)
        return cannotWrite(file, errno);
    return journal;
}

StudyJournal::~StudyJournal()
{
    ::close(m_file);
}

void StudyJournal::write(const Json &step, bool flush)
{
    const std::string line = inlineJson(step) + '\n';
    std::size_t done = 0;
    while (done < line.size()) {
        const ssize_t written = ::write(m_file, line.data() + done, line.size() - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            m_problem = cannotWrite(m_path, errno).text;
            return;
        }
        done += std::size_t(written);
    }
    if (flush)
        ::fdatasync(m_file);
}

void StudyJournal::writeTask(const SearchSettings &settings, const SearchTrial &trial, std::int64_t toEpoch)
{
    write({{"event", "task"}, {"trial", trial.number}, {"to_epoch", toEpoch}, {"values", pointJson(settings.axes, trial.point)}}, true);
}

void StudyJournal::writeCost(std::int64_t trial, const TrialCost &cost)
{
    write({{"event", "cost"}, {"trial", trial}, {"parameters", cost.parameters}, {"multiply_adds", cost.multiplyAdds}}, false);
}

void StudyJournal::writeScore(std::int64_t trial, const TrialEpoch &score)
{
    write({{"event", "score"}, {"trial", trial}, {"epoch", score.epoch}, {"score", score.score}, {"loss", score.loss}}, false);
}

void StudyJournal::writeRung(std::int64_t trial, double seconds, std::int64_t memory, double elapsed)
{
    write({{"event", "rung"}, {"trial", trial}, {"seconds", seconds}, {"memory", memory}, {"elapsed", elapsed}}, true);
}

void StudyJournal::writeFailure(std::int64_t trial, const std::string &problem, double elapsed)
{
    write({{"event", "failed"}, {"trial", trial}, {"problem", problem}, {"elapsed", elapsed}}, true);
}

void StudyJournal::writeBudget(std::int64_t trials, double minutes)
{
    write({{"event", "budget"}, {"trials", trials}, {"minutes", minutes}}, true);
}

} // namespace netloom
