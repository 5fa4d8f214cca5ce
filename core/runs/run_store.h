// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"
#include "runs/run_folder.h"

#include <memory>

namespace netloom {

/// All runs of a project in one place: "runs/runs.sqlite" beside their folders. The folders are the truth: they can be copied away, and runs
/// that the store doesn't know are taken in. What folders don't hold, tags and notes, lies here alone. Several processes may write at once.
/// One object serves one thread at a time.
class RunStore {
public:
    /// Opens the store in the folder @p base, and makes both where they are missing. A broken database is set aside and built anew from the
    /// folders. Where none can be written, or a newer Netloom wrote it, the store is kept in memory alone; notes() tells.
    explicit RunStore(std::filesystem::path base);
    ~RunStore();

    const std::filesystem::path &base() const;
    /// Sentences about what was odd and what became of it. Each is given once.
    std::vector<std::string> takeNotes();
    /// False where tags and notes can't be kept.
    bool isLasting() const;

    /// Takes the run in @p folder as it is now: called at its start, after epochs and at its end.
    Result<Done> update(const std::filesystem::path &folder);
    /// Looks at all folders below the base: takes in those that are new or have changed. Costs two system calls for each that hasn't.
    Result<Done> adoptFolders();

    /// The runs whose folders are there, the newest first.
    Result<std::vector<RunEntry>> list();
    RunCurves curves(const std::filesystem::path &folder);
    /// The text of its project.netloom.
    std::string network(const std::filesystem::path &folder);

    Result<Done> setTags(const std::filesystem::path &folder, const std::vector<std::string> &tags);
    Result<Done> setNote(const std::filesystem::path &folder, const std::string &note);
    /// Forgets all of a run, its tags and note too.
    Result<Done> forget(const std::filesystem::path &folder);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

/// "rose, best of all" → its words between commas, trimmed, none twice.
std::vector<std::string> tagsFromText(const std::string &text);
std::string tagsText(const std::vector<std::string> &tags);

} // namespace netloom
