// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/json_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace netloom {

namespace {

constexpr int kMaxNesting = 64;
constexpr int kMaxMembers = 5000;
constexpr double kLargestWhole = 9007199254740992.0; // 2^53: up to here a double holds every whole number

std::string placeText(const std::string &text, std::size_t byte)
{
    const std::size_t end = std::min(byte, text.size());
    const auto begin = text.begin();
    const auto line = 1 + std::count(begin, begin + static_cast<std::ptrdiff_t>(end), '\n');
    const auto lineStart = end == 0 ? std::string::npos : text.rfind('\n', end - 1);
    const auto column = end - (lineStart == std::string::npos ? 0 : lineStart + 1) + 1;
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

/// Where brackets nest deeper than a project ever does; npos when they don't.
std::size_t tooDeepAt(const std::string &text)
{
    int depth = 0;
    bool inString = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char letter = text[at];
        if (inString) {
            if (letter == '\\')
                ++at;
            else if (letter == '"')
                inString = false;
        } else if (letter == '"') {
            inString = true;
        } else if (letter == '[' || letter == '{') {
            if (++depth > kMaxNesting)
                return at;
        } else if (letter == ']' || letter == '}') {
            --depth;
        }
    }
    return std::string::npos;
}

std::optional<std::int64_t> wholeNumber(const Json &value)
{
    if (value.is_number_unsigned()) {
        const auto number = value.get<std::uint64_t>();
        if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return std::nullopt;
        return static_cast<std::int64_t>(number);
    }
    if (value.is_number_integer())
        return value.get<std::int64_t>();
    if (value.is_number_float()) {
        const double number = value.get<double>();
        if (std::trunc(number) == number && std::abs(number) <= kLargestWhole)
            return static_cast<std::int64_t>(number);
    }
    return std::nullopt;
}

/// The closest parameter value to a JSON value; nothing when no parameter could hold it.
std::optional<ParamValue> looseValue(const Json &value, ParamType wanted)
{
    const bool wantsReals = wanted == ParamType::Real || wanted == ParamType::RealList;
    if (value.is_boolean())
        return ParamValue(value.get<bool>());
    if (value.is_string())
        return ParamValue(value.get<std::string>());
    if (value.is_number()) {
        if (const auto whole = wholeNumber(value); whole && !wantsReals)
            return ParamValue(*whole);
        return ParamValue(value.get<double>());
    }
    if (!value.is_array())
        return std::nullopt;
    if (wanted == ParamType::TextList && std::ranges::all_of(value, [](const Json &element) { return element.is_string(); }))
        return ParamValue(value.get<std::vector<std::string>>());
    if (!std::ranges::all_of(value, [](const Json &element) { return element.is_number(); }))
        return std::nullopt;
    if (wantsReals)
        return ParamValue(value.get<std::vector<double>>());
    std::vector<std::int64_t> numbers;
    for (const Json &element : value) {
        const auto whole = wholeNumber(element);
        if (!whole)
            return ParamValue(value.get<std::vector<double>>());
        numbers.push_back(*whole);
    }
    return ParamValue(numbers);
}

} // namespace

Result<Json> parseJson(const std::string &text)
{
    if (const std::size_t at = tooDeepAt(text); at != std::string::npos)
        return Error{"The brackets nest too deep at " + placeText(text, at) + "."};
    try {
        // Members are looked up one after the other, so very many in one object would take hours.
        std::vector<int> members;
        bool tooMany = false;
        Json parsed = Json::parse(text, [&](int depth, Json::parse_event_t event, Json &) {
            if (event == Json::parse_event_t::key) {
                members.resize(std::max(members.size(), std::size_t(depth) + 1));
                tooMany |= ++members[std::size_t(depth)] > kMaxMembers;
            } else if (event == Json::parse_event_t::object_start && std::size_t(depth) + 1 < members.size()) {
                members[std::size_t(depth) + 1] = 0;
            }
            return !tooMany;
        });
        if (tooMany)
            return Error{"An object in the text has more than " + std::to_string(kMaxMembers) + " members: it is no project."};
        return parsed;
    } catch (const Json::parse_error &error) {
        const std::size_t at = error.byte > 0 ? error.byte - 1 : 0;
        if (at >= text.size())
            return Error{"The text breaks off at " + placeText(text, text.size()) + ": a part of the file is missing."};
        return Error{"There is a mistake at " + placeText(text, at) + ": the text is no valid JSON there."};
    } catch (const Json::exception &) {
        return Error{"A number in the text is too large."};
    }
}

std::string inlineJson(const Json &value)
{
    std::string text;
    if (value.is_object()) {
        for (const auto &[key, member] : value.items())
            text += (text.empty() ? "" : ", ") + inlineJson(key) + ": " + inlineJson(member);
        return "{" + text + "}";
    }
    if (value.is_array()) {
        for (const Json &element : value)
            text += (text.empty() ? "" : ", ") + inlineJson(element);
        return "[" + text + "]";
    }
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json objectFromText(const std::string &text)
{
    if (!text.empty()) {
        if (Result<Json> parsed = parseJson(text); parsed && parsed->is_object())
            return std::move(*parsed);
    }
    return Json::object();
}

Json jsonFromParam(const ParamValue &value)
{
    if (const auto *list = std::get_if<std::vector<std::int64_t>>(&value); list && list->size() == 1)
        return list->front(); // one number for both axes, as PyTorch prints it
    return std::visit([](const auto &plain) { return Json(plain); }, value);
}

Result<ParamValue> paramFromJson(const ParamDecl &decl, const Json &value)
{
    if (const auto loose = looseValue(value, decl.type))
        return validateParam(decl, *loose);
    std::string shown = inlineJson(value);
    if (shown.size() > 60)
        shown = "such a value";
    const Result<ParamValue> allowed = validateParam(decl, std::string("\n"));
    std::string reason = allowed ? "it takes another kind of value." : allowed.error().text;
    if (const auto cut = reason.find(": "); cut != std::string::npos)
        reason = reason.substr(cut + 2);
    return Error{decl.name + " cannot be " + shown + ": " + reason};
}

} // namespace netloom
