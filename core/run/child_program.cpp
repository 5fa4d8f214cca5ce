// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/child_program.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <spawn.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace netloom {

namespace {

std::vector<char *> pointersTo(const std::vector<std::string> &texts)
{
    std::vector<char *> pointers;
    for (const std::string &text : texts)
        pointers.push_back(const_cast<char *>(text.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

/// This process's variables, with those of @p changes in their place.
std::vector<std::string> changedEnvironment(const std::vector<std::string> &changes)
{
    std::vector<std::string> all = changes;
    for (char **variable = environ; *variable; ++variable) {
        const std::string_view own = *variable;
        const std::string_view name = own.substr(0, own.find('=') + 1);
        bool changed = false;
        for (const std::string &change : changes)
            changed |= change.starts_with(name);
        if (!changed)
            all.emplace_back(own);
    }
    return all;
}

/// The process with standard output in @p out; 0, and errno, where it cannot be started.
pid_t spawn(const ChildProgram &program, int out)
{
    const std::vector<char *> arguments = pointersTo(program.words);
    const std::vector<std::string> variables = changedEnvironment(program.environment);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    if (program.quiet)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    errno = posix_spawnp(&child, arguments.front(), &actions, nullptr, arguments.data(), pointersTo(variables).data());
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

Result<ChildEnd> runChild(const ChildProgram &program, const std::function<void(const std::string &)> &take)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return Error{std::string("No pipe to another program could be made: ") + std::strerror(errno) + "."};
    const pid_t child = spawn(program, ends[1]);
    const int failure = errno;
    ::close(ends[1]);
    if (child == 0) {
        ::close(ends[0]);
        return Error{"'" + program.words.front() + "' can't be started (" + std::strerror(failure) + ")."};
    }
    if (program.started)
        program.started(child);
    readLines(ends[0], take);
    int status = 0;
    struct rusage used {};
    while (::wait4(child, &status, 0, &used) < 0 && errno == EINTR) { }
    return ChildEnd{WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), std::int64_t{used.ru_maxrss} * 1024};
}

void endWithParent()
{
    const char *parent = std::getenv(kParentVariable);
    if (!parent)
        return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL); // a run goes on from its checkpoint whenever it is killed
    if (std::to_string(::getppid()) != parent)
        std::_Exit(128 + SIGKILL); // gone already
}

std::string ownProgram()
{
    std::error_code code;
    return std::filesystem::read_symlink("/proc/self/exe", code).string();
}

} // namespace netloom
