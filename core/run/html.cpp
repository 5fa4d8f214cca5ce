// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/html.h"

namespace netloom {

std::string htmlText(std::string_view text)
{
    std::string safe;
    safe.reserve(text.size());
    for (char letter : text) {
        switch (letter) {
        case '&': safe += "&amp;"; break;
        case '<': safe += "&lt;"; break;
        case '>': safe += "&gt;"; break;
        case '"': safe += "&quot;"; break;
        case '\'': safe += "&#39;"; break;
        default:
            if (static_cast<unsigned char>(letter) >= 0x20 || letter == '\n' || letter == '\t')
                safe += letter;
        }
    }
    return safe;
}

std::string element(const std::string &tag, std::string_view text)
{
    std::string whole;
    whole.append("<").append(tag).append(">").append(htmlText(text)).append("</").append(tag).append(">");
    return whole;
}

std::string base64(std::string_view bytes)
{
    static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::size_t count = bytes.size() - at;
        const auto byte = [&](std::size_t offset) {
            return offset < count ? static_cast<unsigned>(static_cast<unsigned char>(bytes[at + offset])) : 0u;
        };
        const unsigned group = byte(0) << 16 | byte(1) << 8 | byte(2);
        text += digits[group >> 18];
        text += digits[group >> 12 & 63];
        text += count > 1 ? digits[group >> 6 & 63] : '=';
        text += count > 2 ? digits[group & 63] : '=';
    }
    return text;
}

} // namespace netloom
