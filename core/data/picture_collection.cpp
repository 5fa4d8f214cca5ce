// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/picture_collection.h"

#include "data/folder_scan.h"
#include "data/picture_pixels.h"
#include "data/quiet_opencv.h"
#include "data/split_rule.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <exception>
#include <fstream>

namespace netloom {

namespace fs = std::filesystem;

namespace {

constexpr int kJpegQuality = 95;
constexpr std::size_t kLongestName = 100; // bytes

/// The largest number that a file's name in @p folder begins with.
std::int64_t lastNumberIn(const fs::path &folder)
{
    std::int64_t last = 0;
    std::error_code code;
    for (fs::directory_iterator entries(folder, code); !code && entries != fs::directory_iterator(); entries.increment(code)) {
        const std::string name = entries->path().filename().string();
        std::int64_t number = 0;
        if (std::from_chars(name.data(), name.data() + name.size(), number).ec == std::errc() && number < 1'000'000'000)
            last = std::max(last, number);
    }
    return last;
}

std::string numbered(std::int64_t number, const std::string &ending)
{
    char digits[24];
    std::snprintf(digits, sizeof digits, "%04lld", static_cast<long long>(number));
    return digits + ending;
}

std::vector<std::uint8_t> encoded(const Picture &picture, PictureFormat format)
{
    quietOpenCv();
    const bool grey = picture.channels == 1;
    const cv::Mat rgb(picture.height, picture.width, grey ? CV_8UC1 : CV_8UC3, const_cast<std::uint8_t *>(picture.pixels.data()));
    cv::Mat bgr; // of its own pixels: the picture stays as it is
    if (grey)
        bgr = rgb;
    else
        cv::cvtColor(rgb, bgr, cv::COLOR_RGB2BGR);
    std::vector<std::uint8_t> bytes;
    if (format == PictureFormat::Jpeg)
        cv::imencode(".jpg", bgr, bytes, {cv::IMWRITE_JPEG_QUALITY, kJpegQuality});
    else
        cv::imencode(".png", bgr, bytes);
    return bytes;
}

/// Moves @p from to @p to unless that is there; file systems without hard links leave a moment between the look and the move.
std::error_code moveToFree(const fs::path &from, const fs::path &to)
{
    std::error_code code;
    fs::create_hard_link(from, to, code);
    if (code == std::errc::file_exists)
        return code;
    if (!code) {
        fs::remove(from, code);
        return {};
    }
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(to, ignored)))
        return std::make_error_code(std::errc::file_exists);
    code.clear();
    fs::rename(from, to, code);
    return code;
}

/// Moves @p file into @p folder under the next free number from @p number on. Gives the new path.
Result<fs::path> moveToNumber(const fs::path &file, const fs::path &folder, const std::string &ending)
{
    for (std::int64_t number = lastNumberIn(folder) + 1;; ++number) {
        const fs::path free = folder / numbered(number, ending);
        const std::error_code code = moveToFree(file, free);
        if (!code)
            return free;
        if (code != std::errc::file_exists)
            return Error{"No picture can be written as '" + free.string() + "' (" + code.message() + ")."};
    }
}

Result<Done> makeFolder(const fs::path &folder)
{
    std::error_code code;
    fs::create_directories(folder, code);
    if (code)
        return Error{"The folder '" + folder.string() + "' can't be made (" + code.message() + "): choose another one to collect in."};
    return Done{};
}

} // namespace

void cutFrame(Picture &picture, FrameCut cut)
{
    if (cut.square && picture.height != picture.width) {
        const int side = std::min(picture.height, picture.width);
        cutOut(picture, (picture.height - side) / 2, (picture.width - side) / 2, side, side);
    }
    if (cut.mirrored)
        flipHorizontally(picture);
}

std::optional<std::string> classNameProblem(const std::string &name)
{
    const auto isOdd = [](char letter) { return static_cast<unsigned char>(letter) < 32 || std::string_view("/\\:*?\"<>|").find(letter) != std::string_view::npos; };
    if (name.find_first_not_of(' ') == std::string::npos)
        return "A class needs a name.";
    if (std::ranges::any_of(name, isOdd))
        return "'" + name + "' can't be a folder's name: leave out / \\ : * ? \" < > and |.";
    if (name.front() == '.' || isHiddenFile(name))
        return "'" + name + "' would be a hidden folder, which no data set reads: choose another name.";
    if (name.front() == ' ' || name.back() == ' ' || name.back() == '.')
        return "'" + name + "' begins or ends with a blank or a full stop, which not every system allows: leave it out.";
    if (name.size() > kLongestName)
        return "This name is too long for a folder: choose a shorter one.";
    if (splitNamed(name))
        return "A folder named '" + name + "' would be taken for a part of the data, not for a class: choose another name.";
    return {};
}

fs::path folderToCollectIn(const fs::path &root)
{
    const Result<FolderListing> listing = listFolder(root);
    if (!listing)
        return root;
    for (const std::string &name : listing->folders) {
        if (splitNamed(name) != Split::Train)
            continue;
        const Result<FolderListing> inside = listFolder(root / name);
        if (inside.ok() && !inside->folders.empty())
            return root / name;
    }
    return root;
}

Result<std::vector<CollectedClass>> PictureCollection::classes(std::size_t newest) const
{
    std::vector<CollectedClass> classes;
    std::error_code code;
    if (!fs::exists(m_root, code))
        return classes;
    const Result<FolderListing> listing = listFolder(m_root);
    if (!listing)
        return listing.error();
    ScanNotes notes;
    for (ClassFolder &folder : scanClassFolders(m_root, "", {}, notes)) {
        CollectedClass found{folder.name, std::int64_t(folder.files.size()), {}};
        const std::size_t first = folder.files.size() - std::min(newest, folder.files.size());
        for (std::size_t file = first; file < folder.files.size(); ++file)
            found.newest.push_back((m_root / folder.files[file]).string());
        classes.push_back(std::move(found));
    }
    return classes;
}

std::optional<std::string> PictureCollection::newNameProblem(const std::string &name, const std::string &besides) const
{
    if (auto problem = classNameProblem(name))
        return problem;
    const Result<FolderListing> listing = listFolder(m_root);
    if (!listing)
        return {};
    for (const std::string &folder : listing->folders) {
        if (folder != besides && lowerCase(folder) == lowerCase(name))
            return "There is a class '" + folder + "' already: choose another name.";
    }
    return {};
}

Result<Done> PictureCollection::addClass(const std::string &name)
{
    if (const auto problem = newNameProblem(name, {}))
        return Error{*problem};
    return makeFolder(m_root / name);
}

Result<Done> PictureCollection::renameClass(const std::string &from, const std::string &to)
{
    if (from == to)
        return Done{};
    if (const auto problem = newNameProblem(to, from))
        return Error{*problem};
    std::error_code code;
    if (fs::exists(m_root / to, code) && !fs::equivalent(m_root / from, m_root / to, code)) // a file; a folder was found above
        return Error{"'" + to + "' is there already: choose another name."};
    fs::rename(m_root / from, m_root / to, code);
    if (code)
        return Error{"'" + from + "' can't be renamed (" + code.message() + ")."};
    for (std::vector<Written> &recording : m_recordings) {
        for (Written &written : recording) {
            if (written.className == from)
                written.className = to;
        }
    }
    return Done{};
}

Result<Done> PictureCollection::removeClass(const std::string &name)
{
    std::error_code code;
    fs::remove(m_root / name, code); // of folders, only empty ones
    if (code == std::errc::directory_not_empty || code == std::errc::file_exists)
        return Error{"The class '" + name + "' holds files: only empty ones can be deleted here."};
    if (code)
        return Error{"The class '" + name + "' can't be deleted (" + code.message() + ")."};
    return Done{};
}

void PictureCollection::beginRecording()
{
    if (m_recordings.empty() || !m_recordings.back().empty())
        m_recordings.emplace_back();
}

Result<std::string> PictureCollection::write(const Picture &picture, const std::string &className, PictureFormat format)
{
    const fs::path folder = m_root / className;
    if (const auto made = makeFolder(folder); !made)
        return made.error();
    std::vector<std::uint8_t> bytes;
    try {
        bytes = encoded(picture, format);
    } catch (const std::exception &error) { // OpenCV's
        return Error{std::string("The picture can't be written (") + error.what() + ")."};
    }
    const fs::path draft = folder / ".netloom-writing";
    std::ofstream file(draft, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char *>(bytes.data()), std::streamsize(bytes.size()));
    file.close();
    std::error_code ignored;
    if (!file) {
        fs::remove(draft, ignored);
        return Error{"No picture can be written into '" + folder.string() + "': the disk is full or the folder is write-protected."};
    }
    const Result<fs::path> written = moveToNumber(draft, folder, format == PictureFormat::Jpeg ? ".jpg" : ".png");
    if (!written) {
        fs::remove(draft, ignored);
        return written.error();
    }
    if (m_recordings.empty())
        beginRecording();
    m_recordings.back().push_back({className, written->filename().string()});
    return written->string();
}

Result<std::int64_t> PictureCollection::takeBack()
{
    if (!m_recordings.empty() && m_recordings.back().empty())
        m_recordings.pop_back();
    if (m_recordings.empty())
        return std::int64_t(0);
    const std::vector<Written> recording = std::move(m_recordings.back());
    m_recordings.pop_back();
    std::int64_t moved = 0;
    for (const Written &written : recording) {
        const fs::path file = m_root / written.className / written.file;
        const fs::path removed = m_root / kRemovedFolder / written.className;
        std::error_code code;
        if (!fs::exists(file, code))
            continue; // people were faster
        if (const auto made = makeFolder(removed); !made)
            return made.error();
        if (const auto gone = moveToNumber(file, removed, file.extension().string()); !gone)
            return gone.error();
        ++moved;
    }
    return moved;
}

} // namespace netloom
