// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/axis_target.h"
#include "search/trial_project.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace netloom {

namespace {

constexpr std::int64_t kMostPoints = 1000;
constexpr const char *kForm = "write it as NAME=LOW..HIGH, NAME=LOW..HIGH:log or NAME=A|B|C";

std::string trimmed(const std::string &text)
{
    const auto first = text.find_first_not_of(" \t");
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string> parts(const std::string &text, char separator)
{
    std::vector<std::string> list;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find(separator, from), text.size());
        list.push_back(trimmed(text.substr(from, end - from)));
        from = end + 1;
    }
    return list;
}

std::optional<double> number(const std::string &text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

Error about(const std::string &axis, const std::string &sentence)
{
    return Error{"'" + axis + "' " + sentence};
}

/// What follows the range: log, step=8, points=5.
Result<Done> readOptions(SearchAxis &axis, const std::vector<std::string> &options)
{
    for (const std::string &option : options) {
        const auto equals = option.find('=');
        const std::optional<double> value = equals == std::string::npos ? std::nullopt : number(option.substr(equals + 1));
        const bool whole = value && *value == std::floor(*value) && *value >= 1;
        if (option == "log")
            axis.log = true;
        else if (option.starts_with("step=") && whole && axis.kind == SearchAxis::Kind::Whole)
            axis.step = *value;
        else if (option.starts_with("points=") && whole && *value <= double(kMostPoints))
            axis.gridPoints = int(*value);
        else
            return about(axis.name, "does not know ':" + option + "': after a range come :log, :step=8 (for whole numbers) and :points=5 (for a grid).");
    }
    if (axis.log && axis.low <= 0)
        return about(axis.name, "can't be searched on a logarithmic scale from " + axis.text(axis.low) + ": begin above 0, or leave :log out.");
    return Done{};
}

Result<SearchAxis> readRange(const std::string &name, const ParamDecl &decl, const std::string &range)
{
    std::vector<std::string> options = parts(range, ':');
    const std::string ends = options.front();
    options.erase(options.begin());
    const auto dots = ends.find("..");
    const auto low = number(trimmed(ends.substr(0, dots)));
    const auto high = number(trimmed(ends.substr(dots + 2)));
    const bool whole = decl.type == ParamType::Int || decl.type == ParamType::IntPair;
    if (!whole && decl.type != ParamType::Real)
        return about(name, "is no number: list its values, such as " + name + "=A|B.");
    if (!low || !high || *low > *high)
        return about(name, "needs a smaller and a larger number around '..', but got '" + ends + "'.");
    if (whole && (*low != std::floor(*low) || *high != std::floor(*high)))
        return about(name, "takes whole numbers, but got '" + ends + "'.");
    SearchAxis axis = whole ? SearchAxis::whole(name, std::int64_t(*low), std::int64_t(*high)) : SearchAxis::real(name, *low, *high);
    if (const Result<Done> done = readOptions(axis, options); !done)
        return done.error();
    for (const double end : {axis.low, axis.high}) {
        if (const Result<ParamValue> value = parseParam(decl, axis.text(end)); !value)
            return about(name, "= " + axis.text(end) + ": " + value.error().text);
    }
    return axis;
}

Result<SearchAxis> readChoices(const std::string &name, const ParamDecl &decl, const std::string &range)
{
    std::vector<std::string> choices;
    for (const std::string &part : parts(range, '|')) {
        const Result<ParamValue> value = parseParam(decl, part);
        if (!value)
            return about(name, "= " + part + ": " + value.error().text);
        choices.push_back(formatParam(*value));
        if (std::ranges::count(choices, choices.back()) > 1)
            return about(name, "lists " + choices.back() + " twice.");
    }
    return SearchAxis::choice(name, std::move(choices));
}

Result<SearchAxis> readTypes(const Project &project, const NodeRegistry &registry, const std::string &name, const std::string &range)
{
    const Result<const Node *> node = findNode(project, ownerAndName(name).first);
    if (!node)
        return node.error();
    SearchAxis axis = SearchAxis::choice(name, parts(range, '|'));
    axis.target = SearchAxis::Target::Type;
    for (const std::string &type : axis.choices) {
        if (const Result<Node> other = retyped(project, registry, **node, type); !other)
            return other.error();
    }
    return axis;
}

} // namespace

Result<SearchAxis> readAxis(const Project &project, const NodeRegistry &registry, const std::string &text)
{
    const auto equals = text.find('=');
    if (equals == std::string::npos || trimmed(text.substr(equals + 1)).empty())
        return Error{"'" + text + "' names no values: " + kForm + "."};
    const auto [owner, name] = ownerAndName(trimmed(text.substr(0, equals)));
    const std::string range = trimmed(text.substr(equals + 1));
    const std::string axis = owner + "." + name;
    if (owner == kRecipeOwner && name == "epochs")
        return Error{"The epochs are how long a trial is trained, and are the same for all: set them with --epochs."};
    const Result<AxisTarget> target = findTarget(project, registry, axis);
    if (!target && name == kTypeParam && owner != kRecipeOwner)
        return readTypes(project, registry, axis, range);
    if (!target)
        return target.error();
    return range.find("..") != std::string::npos && target->decl.type != ParamType::Text && target->decl.type != ParamType::Path
        ? readRange(axis, target->decl, range)
        : readChoices(axis, target->decl, range);
}

Result<SearchAxis> readSwitch(const Project &project, const NodeRegistry &registry, const std::string &path)
{
    const Result<const Node *> node = findNode(project, path);
    if (!node)
        return node.error();
    if (!canBypass(project.graph, registry, **node))
        return Error{nodeTitle(**node) + " can't be switched off: nothing that goes in is of the kind that comes out."};
    SearchAxis axis = SearchAxis::choice(path, {kOn, kOff});
    axis.target = SearchAxis::Target::Switch;
    return axis;
}

Result<SearchAxis> readOneOf(const Project &project, const NodeRegistry &registry, const std::string &paths)
{
    SearchAxis axis = SearchAxis::choice({}, parts(paths, '|'));
    axis.target = SearchAxis::Target::OneOf;
    axis.name = rangeText(axis);
    if (axis.choices.size() < 2)
        return Error{paths.empty() ? "One of several nodes: name them, such as conv3x3|conv5x5."
                                   : "'" + paths + "' is one node alone: give several, such as conv3x3|conv5x5, or a switch."};
    for (const std::string &path : axis.choices) {
        if (const Result<SearchAxis> one = readSwitch(project, registry, path); !one)
            return one.error();
        if (std::ranges::count(axis.choices, path) > 1)
            return about(axis.name, "names " + path + " twice.");
    }
    return axis;
}

std::string rangeText(const SearchAxis &axis)
{
    if (axis.kind == SearchAxis::Kind::Choice) {
        std::string text;
        for (const std::string &choice : axis.choices)
            text.append(text.empty() ? "" : "|").append(choice);
        return text;
    }
    const SearchAxis usual;
    std::string text = axis.text(axis.low) + ".." + axis.text(axis.high);
    if (axis.log)
        text += ":log";
    if (axis.step != usual.step)
        text += ":step=" + std::to_string(std::llround(axis.step));
    if (axis.gridPoints != usual.gridPoints)
        text += ":points=" + std::to_string(axis.gridPoints);
    return text;
}

} // namespace netloom
