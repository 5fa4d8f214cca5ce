// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop_program.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace netloom::cli {

namespace {

/// The program beside this one; else the name, for the PATH.
std::string desktopProgram()
{
    std::error_code code;
    const auto beside = std::filesystem::read_symlink("/proc/self/exe", code).replace_filename("netloom");
    return !code && std::filesystem::is_regular_file(beside, code) ? beside.string() : "netloom";
}

/// The process with standard output in @p out; 0, and errno, where it cannot be started.
pid_t spawn(const std::vector<std::string> &words, int out)
{
    std::vector<char *> arguments;
    for (const std::string &word : words)
        arguments.push_back(const_cast<char *>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    pid_t child = 0;
    errno = posix_spawnp(&child, arguments.front(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    return errno == 0 ? child : 0;
}

void readLines(int in, const std::function<void(const std::string &)> &take)
{
    std::string line;
    FILE *file = ::fdopen(in, "r");
    for (int letter = std::fgetc(file); letter != EOF; letter = std::fgetc(file)) {
        if (letter != '\n') {
            line += static_cast<char>(letter);
            continue;
        }
        take(line);
        line.clear();
    }
    std::fclose(file);
}

} // namespace

Result<int> runDesktopProgram(std::vector<std::string> arguments, const std::function<void(const std::string &)> &take)
{
    const std::string program = desktopProgram();
    arguments.insert(arguments.begin(), program);
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return Error{std::string("No pipe to another program could be made: ") + std::strerror(errno) + "."};
    const pid_t child = spawn(arguments, ends[1]);
    const int failure = errno;
    ::close(ends[1]);
    if (child == 0) {
        ::close(ends[0]);
        return Error{"The program with the window, 'netloom', was found neither beside netloom-cli nor on the PATH (" + std::string(std::strerror(failure))
            + "): install or build it, too."};
    }
    readLines(ends[0], take);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace netloom::cli
