// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/word_list.h"

namespace netloom {

std::string joined(const std::vector<std::string> &words, std::string_view between)
{
    std::string text;
    for (std::size_t index = 0; index < words.size(); ++index)
        text.append(index == 0 ? std::string_view() : between).append(words[index]);
    return text;
}

std::string enumerated(const std::vector<std::string> &words)
{
    std::string text;
    for (std::size_t index = 0; index < words.size(); ++index)
        text.append(index == 0 ? "" : index + 1 == words.size() ? " and " : ", ").append(words[index]);
    return text;
}

} // namespace netloom
