// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace netloom {

/// Which part of the data a sample belongs to: learned from, watched while training, or kept unseen to the end.
enum class Split { Train, Val, Test };

inline constexpr std::array kAllSplits{Split::Train, Split::Val, Split::Test};

/// "train", "val", "test"
constexpr std::string_view toString(Split split)
{
    return split == Split::Train ? "train" : split == Split::Val ? "val" : "test";
}

constexpr std::optional<Split> splitFromString(std::string_view text)
{
    for (Split split : kAllSplits) {
        if (toString(split) == text)
            return split;
    }
    return std::nullopt;
}

} // namespace netloom
