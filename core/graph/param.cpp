// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/param.h"

#include "graph/shortest.h"
#include "graph/word_list.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace netloom {

namespace {

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

template <class Number>
std::optional<Number> parseNumber(std::string_view text)
{
    text = trimmed(text);
    Number number{};
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc{} || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    return number;
}

/// Splits "3, 5", "[3, 5]" or "3x5" into numbers; nothing when one of them is no number.
template <class Number>
std::optional<std::vector<Number>> parseNumbers(std::string_view text, std::string_view separators)
{
    text = trimmed(text);
    if (text.size() >= 2 && text.front() == '[' && text.back() == ']')
        text = text.substr(1, text.size() - 2);
    std::vector<Number> numbers;
    while (true) {
        const auto cut = text.find_first_of(separators);
        const auto number = parseNumber<Number>(text.substr(0, cut));
        if (!number)
            return std::nullopt;
        numbers.push_back(*number);
        if (cut == std::string_view::npos)
            return numbers;
        text.remove_prefix(cut + 1);
    }
}

/// Splits "rose; tulip", or a text of several lines at its ends of line; empty names are left out.
std::vector<std::string> parseNames(std::string_view text)
{
    const char separator = text.find('\n') == std::string_view::npos ? ';' : '\n';
    std::vector<std::string> names;
    while (true) {
        const auto cut = text.find(separator);
        if (const std::string_view name = trimmed(text.substr(0, cut)); !name.empty())
            names.emplace_back(name);
        if (cut == std::string_view::npos)
            return names;
        text.remove_prefix(cut + 1);
    }
}

/// What parseNames() splits.
std::string formatNames(const std::vector<std::string> &names)
{
    const bool lines = std::ranges::any_of(names, [](const std::string &name) { return name.find(';') != std::string::npos; });
    std::string text;
    for (const std::string &name : names)
        text += lines ? name + "\n" : (text.empty() ? "" : "; ") + name;
    return text;
}

bool isName(const std::string &text)
{
    return !text.empty() && trimmed(text).size() == text.size() && text.find('\n') == std::string::npos;
}

std::string formatNumber(double number)
{
    const double size = std::abs(number);
    if (size != 0 && !(size >= 1e-4 && size < 1e9))
        return shortest(number);
    char buffer[32]; // 0.0005, which the shortest would write as 5e-04
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed).ptr};
}

/// "a whole number of at least 1, or same, valid"
std::string allowedText(const ParamDecl &decl)
{
    std::string text;
    switch (decl.type) {
    case ParamType::Bool: return "true or false";
    case ParamType::Choice: return "one of " + joined(decl.choices);
    case ParamType::Text: return "text";
    case ParamType::Path: return decl.folderPath ? "a folder" : "a file";
    case ParamType::Int: text = "a whole number"; break;
    case ParamType::Real: text = "a number"; break;
    case ParamType::IntPair: text = "one whole number or two (height, width)"; break;
    case ParamType::RealList: text = "numbers separated by commas"; break;
    case ParamType::TextList: return "names separated by semicolons";
    }
    if (decl.min && decl.max)
        text += " from " + formatNumber(*decl.min) + " to " + formatNumber(*decl.max);
    else if (decl.min)
        text += " of at least " + formatNumber(*decl.min);
    else if (decl.max)
        text += " of at most " + formatNumber(*decl.max);
    if (!decl.choices.empty())
        text += ", or " + joined(decl.choices);
    return text;
}

Error refused(const ParamDecl &decl, const std::string &value)
{
    return {decl.name + " cannot be " + (value.empty() ? "empty" : value) + ": it takes " + allowedText(decl) + "."};
}

bool inRange(const ParamDecl &decl, double number)
{
    return std::isfinite(number) && (!decl.min || number >= *decl.min) && (!decl.max || number <= *decl.max);
}

template <class List>
bool allInRange(const ParamDecl &decl, const List &list)
{
    return std::ranges::all_of(list, [&](auto number) { return inRange(decl, static_cast<double>(number)); });
}

bool isKeyword(const ParamDecl &decl, const ParamValue &value)
{
    const auto *text = std::get_if<std::string>(&value);
    return text && std::ranges::find(decl.choices, *text) != decl.choices.end();
}

} // namespace

Result<ParamValue> validateParam(const ParamDecl &decl, const ParamValue &value)
{
    const Error error = refused(decl, formatParam(value));
    switch (decl.type) {
    case ParamType::Bool:
        if (std::holds_alternative<bool>(value))
            return value;
        return error;
    case ParamType::Int:
        if (const auto *number = std::get_if<std::int64_t>(&value); number && inRange(decl, double(*number)))
            return value;
        return isKeyword(decl, value) ? Result<ParamValue>(value) : error;
    case ParamType::Real: {
        double number = std::nan("");
        if (const auto *real = std::get_if<double>(&value))
            number = *real;
        else if (const auto *whole = std::get_if<std::int64_t>(&value))
            number = double(*whole);
        return inRange(decl, number) ? Result<ParamValue>(ParamValue(number)) : error;
    }
    case ParamType::Choice:
        return isKeyword(decl, value) ? Result<ParamValue>(value) : error;
    case ParamType::Text:
    case ParamType::Path:
        return std::holds_alternative<std::string>(value) ? Result<ParamValue>(value) : error;
    case ParamType::IntPair: {
        if (isKeyword(decl, value))
            return value;
        std::vector<std::int64_t> list;
        if (const auto *number = std::get_if<std::int64_t>(&value))
            list = {*number};
        else if (const auto *numbers = std::get_if<std::vector<std::int64_t>>(&value))
            list = *numbers;
        if (list.empty() || list.size() > 2 || !allInRange(decl, list))
            return error;
        return ParamValue(list);
    }
    case ParamType::RealList: {
        if (isKeyword(decl, value))
            return value;
        std::vector<double> list;
        if (const auto *number = std::get_if<double>(&value))
            list = {*number};
        else if (const auto *whole = std::get_if<std::int64_t>(&value))
            list = {double(*whole)};
        else if (const auto *reals = std::get_if<std::vector<double>>(&value))
            list = *reals;
        else if (const auto *integers = std::get_if<std::vector<std::int64_t>>(&value))
            list.assign(integers->begin(), integers->end());
        if (list.empty() || !allInRange(decl, list))
            return error;
        return ParamValue(list);
    }
    case ParamType::TextList:
        if (const auto *names = std::get_if<std::vector<std::string>>(&value); names && std::ranges::all_of(*names, isName))
            return value;
        return error;
    }
    return error;
}

Result<ParamValue> parseParam(const ParamDecl &decl, std::string_view text)
{
    const std::string word(trimmed(text));
    const Error error = refused(decl, word);
    switch (decl.type) {
    case ParamType::Bool:
        if (word == "true" || word == "1" || word == "yes" || word == "on")
            return ParamValue(true);
        if (word == "false" || word == "0" || word == "no" || word == "off")
            return ParamValue(false);
        return error;
    case ParamType::Int:
        if (const auto number = parseNumber<std::int64_t>(word))
            return validateParam(decl, *number);
        return validateParam(decl, word);
    case ParamType::Real:
        if (const auto number = parseNumber<double>(word))
            return validateParam(decl, *number);
        return error;
    case ParamType::Choice:
        return validateParam(decl, word);
    case ParamType::Text:
    case ParamType::Path:
        return validateParam(decl, std::string(text));
    case ParamType::IntPair:
        if (const auto numbers = parseNumbers<std::int64_t>(word, ",x"))
            return validateParam(decl, *numbers);
        return validateParam(decl, word);
    case ParamType::RealList:
        if (const auto numbers = parseNumbers<double>(word, ","))
            return validateParam(decl, *numbers);
        return validateParam(decl, word);
    case ParamType::TextList:
        return validateParam(decl, parseNames(text));
    }
    return error;
}

std::string formatParam(const ParamValue &value)
{
    struct Printer {
        std::string operator()(bool flag) const { return flag ? "true" : "false"; }
        std::string operator()(std::int64_t number) const { return std::to_string(number); }
        std::string operator()(double number) const { return formatNumber(number); }
        std::string operator()(const std::string &text) const { return text; }
        std::string operator()(const std::vector<std::int64_t> &list) const
        {
            std::string text;
            for (std::int64_t number : list)
                text += (text.empty() ? "" : ", ") + std::to_string(number);
            return text;
        }
        std::string operator()(const std::vector<double> &list) const
        {
            std::string text;
            for (double number : list)
                text += (text.empty() ? "" : ", ") + formatNumber(number);
            return text;
        }
        std::string operator()(const std::vector<std::string> &names) const { return formatNames(names); }
    };
    return std::visit(Printer{}, value);
}

Params Params::defaults(const std::vector<ParamDecl> &decls)
{
    Params params;
    for (const ParamDecl &decl : decls)
        params.set(decl.name, decl.fallback);
    return params;
}

void Params::erase(std::string_view name)
{
    if (const auto found = m_values.find(name); found != m_values.end())
        m_values.erase(found);
}

const ParamValue &Params::at(std::string_view name) const
{
    const auto found = m_values.find(name);
    if (found == m_values.end())
        throw std::out_of_range("no parameter " + std::string(name));
    return found->second;
}

std::array<std::int64_t, 2> Params::pair(std::string_view name) const
{
    if (const auto *both = std::get_if<std::int64_t>(&at(name)))
        return {*both, *both};
    const auto &list = std::get<std::vector<std::int64_t>>(at(name));
    return {list.front(), list.back()};
}

std::string Params::keyword(std::string_view name) const
{
    const auto *word = std::get_if<std::string>(&at(name));
    return word ? *word : std::string();
}

} // namespace netloom
