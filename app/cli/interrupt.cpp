// SPDX-License-Identifier: GPL-3.0-or-later
#include "interrupt.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace netloom::cli {

namespace {

constexpr std::array kSignals{SIGINT, SIGTERM};

std::array<int, 2> wakePipe{-1, -1}; // the handler may do no more than write to it
std::array<struct sigaction, 2> oldActions{};

void onSignal(int number)
{
    const int saved = errno;
    for (int each : kSignals) // any second signal ends the program
        ::signal(each, SIG_DFL);
    const auto byte = static_cast<unsigned char>(number);
    [[maybe_unused]] const auto written = ::write(wakePipe[1], &byte, 1);
    errno = saved;
}

} // namespace

Interrupt::Interrupt()
{
    if (::pipe2(wakePipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    struct sigaction action {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (std::size_t index = 0; index < kSignals.size(); ++index)
        ::sigaction(kSignals[index], &action, &oldActions[index]);
}

Interrupt::~Interrupt()
{
    if (wakePipe[0] < 0)
        return;
    for (std::size_t index = 0; index < kSignals.size(); ++index)
        ::sigaction(kSignals[index], &oldActions[index], nullptr);
    for (int &end : wakePipe) {
        ::close(end);
        end = -1;
    }
}

int Interrupt::wait(std::chrono::milliseconds time)
{
    pollfd waiting{wakePipe[0], POLLIN, 0};
    ::poll(&waiting, 1, static_cast<int>(time.count()));
    unsigned char number = 0;
    return ::read(wakePipe[0], &number, 1) == 1 ? number : 0;
}

} // namespace netloom::cli
