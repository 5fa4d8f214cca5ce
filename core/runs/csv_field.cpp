// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/csv_field.h"

namespace netloom {

std::string csvField(const std::string &text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted;
    for (char letter : text) {
        if (letter == '"')
            quoted += '"';
        quoted += letter;
    }
    quoted.insert(quoted.begin(), '"');
    return quoted.append("\"");
}

} // namespace netloom
