// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project.h"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace netloom {

namespace fs = std::filesystem;

namespace {

/// The cause of a failed system call in words, with the mend where there is one.
std::string causeText(int code)
{
    switch (code) {
    case ENOSPC: return "the disk is full: free some space or choose another folder";
    case EDQUOT: return "your disk quota is used up: free some space or choose another folder";
    case EFBIG: return "the file would be larger than the system allows";
    case EACCES:
    case EPERM: return "permission denied: choose another folder or change its permissions";
    case EROFS: return "the disk is read-only: choose another folder";
    case ENOENT: return "it or its folder does not exist";
    case ENOTDIR: return "a part of its path is no folder";
    case EISDIR: return "it is a folder";
    case ENAMETOOLONG: return "its name is too long";
    case EIO: return "the disk reports a fault";
    default: return std::strerror(code);
    }
}

Error failed(const char *action, const fs::path &file, int code)
{
    return {std::string("Cannot ") + action + " '" + file.string() + "': " + causeText(code) + "."};
}

/// An open file descriptor, closed at the end of its life.
class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;

    int get() const { return m_number; }
    bool valid() const { return m_number >= 0; }

private:
    int m_number;
};

/// 0, or the errno of what went wrong.
int writeAll(int descriptor, const std::string &bytes)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::write(descriptor, bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno;
        done += static_cast<std::size_t>(count);
    }
    while (::fsync(descriptor) != 0) {
        if (errno == EINVAL || errno == EROFS)
            break; // a file system without fsync
        if (errno != EINTR)
            return errno;
    }
    return 0;
}

/// The file that a write through @p file changes: links are followed, so that they stay links.
fs::path writtenFile(const fs::path &file)
{
    std::error_code error;
    if (fs::is_symlink(file, error)) {
        const fs::path target = fs::weakly_canonical(file, error);
        if (!error)
            return target;
    }
    return file;
}

fs::path temporaryName(const fs::path &file)
{
    static std::atomic<int> counter{0};
    std::string stem = file.filename().string();
    if (stem.size() > 200)
        stem.resize(200);
    return file.parent_path() / ("." + stem + "." + std::to_string(::getpid()) + "." + std::to_string(++counter) + ".part");
}

} // namespace

Result<Done> writeFileAtomically(const fs::path &wanted, const std::string &bytes)
{
    const fs::path file = writtenFile(wanted);
    struct stat old {};
    const bool exists = ::stat(file.c_str(), &old) == 0;
    if (exists && S_ISDIR(old.st_mode))
        return failed("write", wanted, EISDIR);

    fs::path part = temporaryName(file);
    {
        int opened = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        for (int tries = 0; opened < 0 && errno == EEXIST && tries < 1000; ++tries) { // left behind by a crash
            part = temporaryName(file);
            opened = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        }
        const Descriptor out(opened);
        if (!out.valid())
            return failed("write", wanted, errno);
        int code = writeAll(out.get(), bytes);
        if (code == 0 && exists && ::fchmod(out.get(), old.st_mode & 07777) != 0 && errno != EPERM)
            code = errno;
        if (code != 0) {
            ::unlink(part.c_str());
            return failed("write", wanted, code);
        }
    }
    if (::rename(part.c_str(), file.c_str()) != 0) {
        const int code = errno;
        ::unlink(part.c_str());
        return failed("write", wanted, code);
    }
    const fs::path parent = file.parent_path();
    const Descriptor folder(::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.valid())
        ::fsync(folder.get()); // the new name survives a power cut; not every file system offers it
    return Done{};
}

Result<std::string> readFile(const fs::path &file)
{
    struct stat info {};
    if (::stat(file.c_str(), &info) != 0)
        return failed("read", file, errno);
    if (S_ISDIR(info.st_mode))
        return failed("read", file, EISDIR);
    if (!S_ISREG(info.st_mode))
        return Error{"Cannot read '" + file.string() + "': it is no regular file."};
    const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!in.valid())
        return failed("read", file, errno);

    std::string bytes(static_cast<std::size_t>(info.st_size), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::read(in.get(), bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failed("read", file, errno);
        if (count == 0)
            break;
        done += static_cast<std::size_t>(count);
    }
    bytes.resize(done);
    return bytes;
}

} // namespace netloom
