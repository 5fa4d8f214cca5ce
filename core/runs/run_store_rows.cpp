// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_store_rows.h"

#include "project/json_text.h"
#include "runs/run_store.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <sys/stat.h>

namespace netloom {

namespace fs = std::filesystem;

namespace {

/// Each makes the tables of the version before into those of the next; the first makes them.
constexpr const char *kSteps[] = {
    R"(CREATE TABLE networks(print TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
       CREATE TABLE runs(
         id INTEGER PRIMARY KEY, folder TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, present INTEGER NOT NULL DEFAULT 1,
         title TEXT, project TEXT, started TEXT, ended TEXT, status TEXT, failure TEXT, epochs INTEGER, best_epoch INTEGER,
         seconds REAL, device TEXT, threads INTEGER, parameters INTEGER, data_print TEXT, network_print TEXT, netloom TEXT, torch TEXT,
         figures TEXT, recipe TEXT, tags TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '');
       CREATE TABLE metrics(
         run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE, name TEXT NOT NULL, epoch REAL NOT NULL, value REAL NOT NULL,
         PRIMARY KEY(run, name, epoch)) WITHOUT ROWID;)",
};
constexpr int kVersion = std::size(kSteps);

std::int64_t idOf(SQLite::Database &database, const std::string &key)
{
    SQLite::Statement find(database, "SELECT id FROM runs WHERE folder = ?");
    find.bind(1, key);
    return find.executeStep() ? find.getColumn(0).getInt64() : 0;
}

template <class Map>
std::string textOf(const Map &map)
{
    Json json = Json::object();
    for (const auto &[name, value] : map)
        json[name] = value;
    return inlineJson(json);
}

void putMetrics(SQLite::Database &database, std::int64_t id, const RunCurves &curves, double fromEpoch)
{
    SQLite::Statement remove(database, "DELETE FROM metrics WHERE run = ? AND epoch >= ?");
    remove.bind(1, id);
    remove.bind(2, fromEpoch);
    remove.exec();
    SQLite::Statement add(database, "INSERT OR REPLACE INTO metrics(run, name, epoch, value) VALUES(?, ?, ?, ?)");
    for (const auto &[name, points] : curves) {
        for (const auto &[epoch, value] : points) {
            if (epoch < fromEpoch)
                continue;
            add.bind(1, id);
            add.bind(2, name);
            add.bind(3, epoch);
            add.bind(4, value);
            add.exec();
            add.reset();
        }
    }
}

/// Columns come in the order of readRuns()' query.
RunEntry entryOf(SQLite::Statement &row, const fs::path &base)
{
    RunEntry entry;
    int column = 0;
    const auto text = [&] { return row.getColumn(column++).getString(); };
    const auto whole = [&] { return row.getColumn(column++).getInt64(); };
    const std::string key = text();
    entry.folder = folderOfKey(base, key);
    entry.title = text();
    entry.project = text();
    entry.started = text();
    entry.ended = text();
    entry.status = text();
    entry.failure = text();
    entry.epochs = whole();
    entry.bestEpoch = whole();
    entry.seconds = row.getColumn(column++).getDouble();
    entry.device = text();
    entry.threads = whole();
    entry.parameters = whole();
    entry.dataPrint = text();
    entry.networkPrint = text();
    entry.netloom = text();
    entry.torch = text();
    const Json figures = objectFromText(text()), recipe = objectFromText(text());
    for (const auto &[name, value] : figures.items()) {
        if (value.is_number())
            entry.figures[name] = value.get<double>();
    }
    for (const auto &[name, value] : recipe.items()) {
        if (value.is_string())
            entry.recipe[name] = value.get<std::string>();
    }
    entry.tags = tagsFromText(text());
    entry.note = text();
    entry.accuracy = entry.figure("test_accuracy");
    entry.r2 = entry.figure("test_r2");
    const fs::path place(key);
    if (place.is_relative() && place.has_parent_path())
        entry.group = place.parent_path().string();
    entry.isOfSeeds = !entry.group.empty() && place.filename().string().starts_with(kSeedPrefix);
    return entry;
}

} // namespace

bool makeTables(SQLite::Database &database)
{
    const auto version = [&database] { return database.execAndGet("PRAGMA user_version").getInt(); };
    if (version() == kVersion)
        return true;
    if (version() > kVersion)
        return false;
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    for (int step = version(); step < kVersion; ++step) // another process may have been quicker
        database.exec(kSteps[step]);
    database.exec("PRAGMA user_version = " + std::to_string(kVersion));
    transaction.commit();
    return true;
}

std::string folderKey(const fs::path &base, const fs::path &folder)
{
    const fs::path whole = fs::absolute(folder).lexically_normal();
    const fs::path inside = whole.lexically_relative(base);
    return inside.empty() || *inside.begin() == ".." || inside == "." ? whole.string() : inside.generic_string();
}

fs::path folderOfKey(const fs::path &base, const std::string &key)
{
    return base / key; // an absolute one stays
}

std::string stampOf(const fs::path &folder)
{
    struct stat facts {};
    if (::stat((folder / kFactsFile).c_str(), &facts) != 0)
        return {};
    return std::to_string(facts.st_size) + ' ' + std::to_string(facts.st_mtim.tv_sec) + '.' + std::to_string(facts.st_mtim.tv_nsec);
}

void putRun(SQLite::Database &database, const std::string &key, const std::string &stamp, const RunFolder &run, double fromEpoch)
{
    SQLite::Statement network(database, "INSERT OR IGNORE INTO networks(print, text) VALUES(?, ?)");
    network.bind(1, run.entry.networkPrint);
    network.bind(2, run.network);
    network.exec();

    const RunEntry &entry = run.entry;
    SQLite::Statement put(database, R"(
        INSERT INTO runs(folder, stamp, present, title, project, started, ended, status, failure, epochs, best_epoch, seconds, device, threads,
          parameters, data_print, network_print, netloom, torch, figures, recipe)
        VALUES(?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
        ON CONFLICT(folder) DO UPDATE SET stamp = ?2, present = 1, title = ?3, project = ?4, started = ?5, ended = ?6, status = ?7, failure = ?8,
          epochs = ?9, best_epoch = ?10, seconds = ?11, device = ?12, threads = ?13, parameters = ?14, data_print = ?15, network_print = ?16,
          netloom = ?17, torch = ?18, figures = ?19, recipe = ?20)");
    int place = 0;
    const auto bind = [&](const auto &value) { put.bind(++place, value); };
    for (const std::string &text : {key, stamp, entry.title, entry.project.string(), entry.started, entry.ended, entry.status, entry.failure})
        bind(text);
    bind(entry.epochs);
    bind(entry.bestEpoch);
    bind(entry.seconds);
    bind(entry.device);
    bind(entry.threads);
    bind(entry.parameters);
    for (const std::string &text : {entry.dataPrint, entry.networkPrint, entry.netloom, entry.torch, textOf(entry.figures), textOf(entry.recipe)})
        bind(text);
    put.exec();
    putMetrics(database, idOf(database, key), run.curves, fromEpoch);
}

std::map<std::string, KnownRun> knownRuns(SQLite::Database &database)
{
    std::map<std::string, KnownRun> known;
    SQLite::Statement rows(database, "SELECT folder, stamp, status, present FROM runs");
    while (rows.executeStep())
        known[rows.getColumn(0).getString()] = {rows.getColumn(1).getString(), rows.getColumn(2).getString(), rows.getColumn(3).getInt() != 0};
    return known;
}

void setPresent(SQLite::Database &database, const std::string &key, bool present)
{
    SQLite::Statement set(database, "UPDATE runs SET present = ? WHERE folder = ?");
    set.bind(1, present ? 1 : 0);
    set.bind(2, key);
    set.exec();
}

std::vector<RunEntry> readRuns(SQLite::Database &database, const fs::path &base)
{
    std::vector<RunEntry> runs;
    SQLite::Statement rows(database, R"(
        SELECT folder, title, project, started, ended, status, failure, epochs, best_epoch, seconds, device, threads, parameters, data_print,
          network_print, netloom, torch, figures, recipe, tags, note
        FROM runs WHERE present = 1 ORDER BY started DESC, folder DESC)");
    while (rows.executeStep())
        runs.push_back(entryOf(rows, base));
    return runs;
}

RunCurves readCurves(SQLite::Database &database, const std::string &key)
{
    RunCurves curves;
    SQLite::Statement rows(database, "SELECT name, epoch, value FROM metrics WHERE run = ? ORDER BY name, epoch");
    rows.bind(1, idOf(database, key));
    while (rows.executeStep())
        curves[rows.getColumn(0).getString()].emplace_back(rows.getColumn(1).getDouble(), rows.getColumn(2).getDouble());
    return curves;
}

std::string readNetworkText(SQLite::Database &database, const std::string &key)
{
    SQLite::Statement find(database, "SELECT text FROM networks JOIN runs ON print = network_print WHERE folder = ?");
    find.bind(1, key);
    return find.executeStep() ? find.getColumn(0).getString() : std::string();
}

bool setOwn(SQLite::Database &database, const std::string &key, const char *column, const std::string &text)
{
    SQLite::Statement set(database, std::string("UPDATE runs SET ") + column + " = ? WHERE folder = ?");
    set.bind(1, text);
    set.bind(2, key);
    return set.exec() > 0;
}

void removeRun(SQLite::Database &database, const std::string &key)
{
    SQLite::Statement remove(database, "DELETE FROM runs WHERE folder = ?");
    remove.bind(1, key);
    remove.exec();
    database.exec("DELETE FROM networks WHERE print NOT IN (SELECT network_print FROM runs)");
}

} // namespace netloom
