// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"

#include <map>
#include <string>
#include <string_view>

namespace netloom {

/// The files in a ZIP archive @p bytes by name, as views into it. Only what torch.save() writes: nothing compressed or encrypted.
/// Trusts nothing: every length and offset is checked. The error says what is wrong.
Result<std::map<std::string, std::string_view>> readZipRecords(std::string_view bytes);

} // namespace netloom
