// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/run_folder.h"

#include <SQLiteCpp/Database.h>

#include <set>

namespace netloom {

// What lies in the store's tables, and how runs get in and out. Everything here may throw SQLite::Exception.

/// Makes or renews the tables. False, and nothing changed, where a newer Netloom wrote them.
bool makeTables(SQLite::Database &database);

/// The key of a run's folder: relative to @p base where it lies below, so that the project can be moved.
std::string folderKey(const std::filesystem::path &base, const std::filesystem::path &folder);
std::filesystem::path folderOfKey(const std::filesystem::path &base, const std::string &key);

/// Tells whether a folder's run.json has changed.
std::string stampOf(const std::filesystem::path &folder);

/// Takes @p run in, or renews it; of its curves only what comes from @p fromEpoch on. Tags and note stay.
void putRun(SQLite::Database &database, const std::string &key, const std::string &stamp, const RunFolder &run, double fromEpoch);

struct KnownRun {
    std::string stamp;
    std::string status;
    bool present = true;
};
std::map<std::string, KnownRun> knownRuns(SQLite::Database &database);
void setPresent(SQLite::Database &database, const std::string &key, bool present);

std::vector<RunEntry> readRuns(SQLite::Database &database, const std::filesystem::path &base);
RunCurves readCurves(SQLite::Database &database, const std::string &key);
std::string readNetworkText(SQLite::Database &database, const std::string &key);
/// Sets one of people's own columns, "tags" or "note". False where there is no such run.
bool setOwn(SQLite::Database &database, const std::string &key, const char *column, const std::string &text);
void removeRun(SQLite::Database &database, const std::string &key);

} // namespace netloom
