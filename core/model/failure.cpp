// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/failure.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <array>
#include <new>

namespace netloom {

std::string failureText(const std::exception &exception)
{
    std::string text = exception.what();
    if (const auto *error = dynamic_cast<const c10::Error *>(&exception))
        text = error->what_without_backtrace();
    constexpr std::array kMemoryWords{"out of memory", "can't allocate memory", "not enough memory", "bad_alloc", "Invalid size request"};
    const bool memory = dynamic_cast<const std::bad_alloc *>(&exception)
        || std::ranges::any_of(kMemoryWords, [&](const char *word) { return text.find(word) != std::string::npos; });
    if (memory)
        return "There is not enough memory: lower batch_size, the size of the pictures or the size of the layers.";
    text = text.substr(0, text.find('\n'));
    if (text.empty())
        text = "LibTorch failed without saying why";
    return text.ends_with('.') ? text : text + ".";
}

} // namespace netloom
