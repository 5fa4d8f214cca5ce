// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace netloom {

/// The folder with Fashion-MNIST's IDX files, "" where there is none: looked up in NETLOOM_DATA, XDG_DATA_HOME and where
/// Debian's package dataset-fashion-mnist puts them.
std::filesystem::path fashionMnistFolder();

} // namespace netloom
