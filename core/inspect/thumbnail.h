// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"

namespace netloom {

/// A picture made small enough to fit into @p side × @p side px, RGB; small pictures stay as they are. JPEG is decoded at reduced scale.
/// Safe to call from several threads. The error names the file and the cause.
Result<Picture> makeThumbnail(const DataSource &source, std::int64_t sample, int side);
/// The same for a file that no source has, such as one that is excluded.
Result<Picture> makeThumbnail(const std::string &file, int side);

} // namespace netloom
