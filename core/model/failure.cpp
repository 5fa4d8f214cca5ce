// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/failure.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <array>
#include <new>

namespace netloom {

namespace {

/// Without LibTorch's stack trace.
std::string wordsOf(const std::exception &exception)
{
    const auto *error = dynamic_cast<const c10::Error *>(&exception);
    return error ? error->what_without_backtrace() : exception.what();
}

} // namespace

bool isLackOfMemory(const std::exception &exception)
{
    if (dynamic_cast<const std::bad_alloc *>(&exception) || dynamic_cast<const std::length_error *>(&exception))
        return true;
    constexpr std::array kMemoryWords{"out of memory", "can't allocate memory", "not enough memory", "bad_alloc", "Invalid size request", "ALLOC_FAILED"};
    const std::string text = wordsOf(exception);
    return std::ranges::any_of(kMemoryWords, [&](const char *word) { return text.find(word) != std::string::npos; });
}

std::string failureText(const std::exception &exception)
{
    if (isLackOfMemory(exception))
        return "There is not enough memory: lower batch_size, the size of the pictures or the size of the layers, or close other programs.";
    std::string text = wordsOf(exception);
    text = text.substr(0, text.find('\n'));
    if (text.empty())
        text = "LibTorch failed without saying why";
    return text.ends_with('.') ? text : text + ".";
}

} // namespace netloom
