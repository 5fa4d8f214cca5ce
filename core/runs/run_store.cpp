// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_store.h"

#include "graph/word_list.h"
#include "runs/run_store_rows.h"

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <functional>
#include <sqlite3.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace netloom {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds kBusyTimeout{5000};

/// SQLite's general error is that of a statement which the tables don't fit: no version made them so.
bool isBroken(const SQLite::Exception &fault)
{
    const int code = fault.getErrorCode();
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR;
}

/// False where a process that comes or goes changes it, without a change of the folder's files.
bool isOver(const std::string &status)
{
    return status != "running" && status != "interrupted";
}

/// One process at a time sets a broken database aside. Holds the folder, for as long as it lives.
class FolderLock {
public:
    explicit FolderLock(const fs::path &folder) : m_folder(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    {
        if (m_folder >= 0)
            (void)::flock(m_folder, LOCK_EX);
    }
    ~FolderLock()
    {
        if (m_folder >= 0)
            ::close(m_folder); // which unlocks it
    }
    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;

private:
    int m_folder;
};

/// Readers then never wait for a writer. SQLite doesn't wait by itself for others that set the same at the same time.
void writeAhead(SQLite::Database &database)
{
    constexpr int kTries = 100;
    constexpr std::chrono::milliseconds kPause{20};
    for (int left = kTries; database.execAndGet("PRAGMA journal_mode").getString() != "wal"; --left) {
        try {
            (void)database.execAndGet("PRAGMA journal_mode = WAL");
            return; // a file system that can't keeps its own way
        } catch (const SQLite::Exception &fault) {
            if (fault.getErrorCode() != SQLITE_BUSY || left == 0)
                throw;
            std::this_thread::sleep_for(kPause);
        }
    }
}

} // namespace

class RunStore::Impl {
public:
    explicit Impl(fs::path base) : m_base(fs::absolute(base).lexically_normal())
    {
        if (!m_base.has_filename())
            m_base = m_base.parent_path();
        open();
    }

    /// Does @p work; where the database proves broken, once more on one that was built anew.
    Result<Done> attempt(const std::function<void(SQLite::Database &)> &work)
    {
        try {
            try {
                work(*m_database);
            } catch (const SQLite::Exception &fault) {
                if (!isBroken(fault) || !m_lasting)
                    throw;
                m_database.reset();
                setAside();
                work(*m_database);
            }
            return Done{};
        } catch (const std::exception &fault) {
            if (!m_database)
                keepInMemory(fault.what());
            return Error{"The list of runs '" + file().string() + "' can't be used: " + fault.what() + ". The runs' own folders are whole."};
        }
    }

    Result<Done> update(const fs::path &folder)
    {
        const std::string stamp = stampOf(folder);
        const auto run = readRunFolder(folder);
        if (!run)
            return Error{std::string("'").append(folder.string()).append("' holds no run.")};
        const std::string key = folderKey(m_base, folder);
        const auto last = m_written.find(key);
        const double from = last == m_written.end() ? 0 : last->second;
        const auto done = attempt([&](SQLite::Database &database) {
            SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
            putRun(database, key, stamp, *run, from);
            transaction.commit();
        });
        m_written[key] = double(run->entry.epochs);
        return done;
    }

    Result<Done> adoptFolders()
    {
        return attempt([this](SQLite::Database &database) { adopt(database); });
    }

    Result<Done> setOwn(const fs::path &folder, const char *column, const std::string &text)
    {
        bool found = false;
        const auto done = attempt([&](SQLite::Database &database) { found = netloom::setOwn(database, folderKey(m_base, folder), column, text); });
        if (done && !found)
            return Error{"The run '" + folder.string() + "' isn't in the list of runs: it has no run.json."};
        return done;
    }

    fs::path m_base;
    std::unique_ptr<SQLite::Database> m_database;
    std::vector<std::string> m_notes;
    bool m_lasting = true;
    std::map<std::string, double> m_written; ///< by key: the last epoch that update() put in

private:
    fs::path file() const { return m_base / kStoreFile; }

    void open()
    {
        std::error_code ignored;
        fs::create_directory(m_base, ignored);
        try {
            try {
                openFile();
            } catch (const SQLite::Exception &fault) {
                if (!isBroken(fault))
                    throw;
                setAside();
            }
        } catch (const std::exception &fault) {
            keepInMemory(fault.what());
        }
    }

    void openFile()
    {
        m_database = std::make_unique<SQLite::Database>(file().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        m_database->setBusyTimeout(int(kBusyTimeout.count()));
        writeAhead(*m_database);
        m_database->exec("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
        if (!makeTables(*m_database))
            throw std::runtime_error("a newer version of Netloom wrote it");
    }

    void keepInMemory(const std::string &reason)
    {
        m_lasting = false;
        m_database = std::make_unique<SQLite::Database>(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        m_database->exec("PRAGMA foreign_keys = ON");
        makeTables(*m_database);
        m_notes.push_back("The list of runs '" + file().string() + "' can't be used: " + reason
            + ". The runs are read from their folders; tags and notes can't be seen or kept.");
        adopt(*m_database);
    }

    /// Throws where something of what is read from it is missing.
    void readAll()
    {
        (void)knownRuns(*m_database);
        (void)readRuns(*m_database, m_base);
        (void)readCurves(*m_database, {});
        (void)readNetworkText(*m_database, {});
    }

    /// Moves the broken database away and builds a new one from the folders, unless another process just did.
    void setAside()
    {
        const FolderLock lock(m_base);
        try {
            openFile();
            readAll();
            if (m_database->execAndGet("PRAGMA quick_check(1)").getString() == "ok")
                return;
        } catch (const SQLite::Exception &fault) {
            if (!isBroken(fault))
                throw;
        }
        m_database.reset();
        fs::path aside = file();
        for (int number = 1; fs::exists(aside); ++number)
            aside = m_base / (std::string(kStoreFile) + ".broken-" + std::to_string(number));
        fs::rename(file(), aside);
        for (const char *more : {"-wal", "-shm"}) {
            std::error_code ignored;
            fs::remove(file().string() + more, ignored);
        }
        m_written.clear();
        openFile();
        adopt(*m_database);
        m_notes.push_back("The list of runs was broken. It was built anew from the runs' folders, without tags and notes; the broken file is kept as '"
            + aside.filename().string() + "'.");
    }

    void adopt(SQLite::Database &database)
    {
        const std::map<std::string, KnownRun> known = knownRuns(database);
        std::set<std::string> found;
        std::vector<std::string> stale;
        for (const fs::path &folder : findRunFolders(m_base)) {
            const std::string key = folderKey(m_base, folder);
            found.insert(key);
            const auto run = known.find(key);
            if (run == known.end() || !run->second.present || !isOver(run->second.status) || run->second.stamp != stampOf(folder))
                stale.push_back(key);
        }
        std::vector<std::string> gone;
        for (const auto &[key, run] : known) {
            if (run.present && !found.contains(key) && (fs::path(key).is_relative() || stampOf(key).empty()))
                gone.push_back(key);
        }
        renew(database, known, stale);
        if (gone.empty())
            return;
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        for (const std::string &key : gone)
            setPresent(database, key, false);
        transaction.commit();
    }

    /// Reads folders while nobody has to wait for the database, some at a time.
    void renew(SQLite::Database &database, const std::map<std::string, KnownRun> &known, const std::vector<std::string> &stale)
    {
        constexpr std::size_t kAtOnce = 64;
        for (std::size_t start = 0; start < stale.size(); start += kAtOnce) {
            struct Read {
                std::string key, stamp;
                RunFolder run;
            };
            std::vector<Read> fresh;
            for (std::size_t at = start; at < std::min(start + kAtOnce, stale.size()); ++at) {
                const fs::path folder = folderOfKey(m_base, stale[at]);
                std::string stamp = stampOf(folder);
                const auto before = known.find(stale[at]);
                const bool same = before != known.end() && before->second.present && before->second.stamp == stamp;
                if (auto run = readRunFolder(folder); run && !(same && run->entry.status == before->second.status))
                    fresh.push_back({stale[at], std::move(stamp), std::move(*run)});
            }
            if (fresh.empty())
                continue;
            SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
            for (const Read &one : fresh)
                putRun(database, one.key, one.stamp, one.run, 0);
            transaction.commit();
        }
    }
};

RunStore::RunStore(fs::path base) : m_impl(std::make_unique<Impl>(std::move(base))) {}
RunStore::~RunStore() = default;

const fs::path &RunStore::base() const { return m_impl->m_base; }
std::vector<std::string> RunStore::takeNotes() { return std::exchange(m_impl->m_notes, {}); }
bool RunStore::isLasting() const { return m_impl->m_lasting; }
Result<Done> RunStore::update(const fs::path &folder) { return m_impl->update(folder); }
Result<Done> RunStore::adoptFolders() { return m_impl->adoptFolders(); }

Result<std::vector<RunEntry>> RunStore::list()
{
    std::vector<RunEntry> runs;
    const auto done = m_impl->attempt([&](SQLite::Database &database) { runs = readRuns(database, base()); });
    if (!done)
        return done.error();
    return runs;
}

RunCurves RunStore::curves(const fs::path &folder)
{
    RunCurves curves;
    (void)m_impl->attempt([&](SQLite::Database &database) { curves = readCurves(database, folderKey(base(), folder)); });
    return curves;
}

std::string RunStore::network(const fs::path &folder)
{
    std::string text;
    (void)m_impl->attempt([&](SQLite::Database &database) { text = readNetworkText(database, folderKey(base(), folder)); });
    return text;
}

Result<Done> RunStore::setTags(const fs::path &folder, const std::vector<std::string> &tags)
{
    return m_impl->setOwn(folder, "tags", tagsText(tags));
}

Result<Done> RunStore::setNote(const fs::path &folder, const std::string &note)
{
    return m_impl->setOwn(folder, "note", note);
}

Result<Done> RunStore::forget(const fs::path &folder)
{
    return m_impl->attempt([&](SQLite::Database &database) { removeRun(database, folderKey(base(), folder)); });
}

std::vector<std::string> tagsFromText(const std::string &text)
{
    std::vector<std::string> tags;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(',', start), text.size());
        const std::size_t first = text.find_first_not_of(" \t\n", start);
        if (first < end) {
            std::string tag = text.substr(first, text.find_last_not_of(" \t\n", end - 1) - first + 1);
            if (std::ranges::find(tags, tag) == tags.end())
                tags.push_back(std::move(tag));
        }
        start = end + 1;
    }
    return tags;
}

std::string tagsText(const std::vector<std::string> &tags)
{
    return joined(tags);
}

} // namespace netloom
