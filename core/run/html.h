// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace netloom {

/// Text made safe inside HTML elements and quoted attributes. Control characters are left out.
std::string htmlText(std::string_view text);

/// "<TAG>escaped text</TAG>"
std::string element(const std::string &tag, std::string_view text);

std::string base64(std::string_view bytes);

} // namespace netloom
