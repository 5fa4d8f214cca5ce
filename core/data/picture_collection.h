// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture.h"
#include "graph/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace netloom {

/// What becomes of a live picture before it is written.
struct FrameCut {
    bool square = false;   ///< the middle, as high as it is wide
    bool mirrored = false; ///< left and right change places
};
void cutFrame(Picture &picture, FrameCut cut);

enum class PictureFormat { Jpeg, Png };

/// One class of a collection: a folder with its pictures.
struct CollectedClass {
    std::string name;
    std::int64_t count = 0;
    std::vector<std::string> newest; ///< full paths, the newest last
};

/// Why @p name is no name for a class, whose pictures lie in a folder of that name, as a sentence; none where it is fine.
std::optional<std::string> classNameProblem(const std::string &name);

/// Where the pictures to learn from lie below @p root: its folder named train where it has one with classes, else itself.
std::filesystem::path folderToCollectIn(const std::filesystem::path &root);

/// Pictures of one's own as an ordinary image folder, ROOT/CLASS/0001.jpg. Never writes over a file and deletes none: what is taken
/// back moves to ROOT/.netloom-removed, which no data set reads. For one thread at a time.
class PictureCollection {
public:
    static constexpr auto kRemovedFolder = ".netloom-removed";

    explicit PictureCollection(std::filesystem::path root) : m_root(std::move(root)) {}

    /// Sorted by name, each with at most @p newest of its last pictures. A root that isn't there has none.
    Result<std::vector<CollectedClass>> classes(std::size_t newest) const;
    Result<Done> addClass(const std::string &name);
    Result<Done> renameClass(const std::string &from, const std::string &to);
    /// Only a class without any file.
    Result<Done> removeClass(const std::string &name);

    /// What is written from now on is taken back together.
    void beginRecording();
    /// Writes atomically under the next free number and gives the full path.
    Result<std::string> write(const Picture &picture, const std::string &className, PictureFormat format);
    bool canTakeBack() const { return !m_recordings.empty(); }
    /// Moves the pictures of the last recording away and gives how many they were.
    Result<std::int64_t> takeBack();

private:
    std::optional<std::string> newNameProblem(const std::string &name, const std::string &besides) const;

    struct Written {
        std::string className;
        std::string file; ///< name
    };
    std::filesystem::path m_root;
    std::vector<std::vector<Written>> m_recordings; ///< none is empty but the last
};

} // namespace netloom
