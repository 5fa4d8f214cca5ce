// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"

#include <string>

namespace netloom {

/// The text of a table's file as UTF-8 without a byte order mark. @p encoding: "UTF-8", "UTF-16", "Windows-1252", or "auto", which
/// goes by the byte order mark, then takes UTF-8 where the bytes are valid and else Windows-1252, of which Latin-1 is a part.
/// The error names the file and the cause: missing, a folder, empty, no text.
Result<std::string> readTableText(const std::string &file, const std::string &encoding);

/// True for the endings that tables usually have, in any case: csv, tsv, tab, txt, data.
bool isTableFile(const std::string &file);

} // namespace netloom
