// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/param.h"

#include <algorithm>

namespace netloom {

ParamDecl ParamDecl::flag(std::string name, bool fallback)
{
    ParamDecl decl;
    decl.name = std::move(name);
    decl.type = ParamType::Bool;
    decl.fallback = fallback;
    return decl;
}

ParamDecl ParamDecl::integer(std::string name, std::int64_t fallback)
{
    return integerOr(std::move(name), fallback, {});
}

ParamDecl ParamDecl::integerOr(std::string name, ParamValue fallback, std::vector<std::string> keywords)
{
    ParamDecl decl;
    decl.name = std::move(name);
    decl.type = ParamType::Int;
    decl.fallback = std::move(fallback);
    decl.choices = std::move(keywords);
    return decl;
}

ParamDecl ParamDecl::real(std::string name, double fallback)
{
    ParamDecl decl;
    decl.name = std::move(name);
    decl.type = ParamType::Real;
    decl.fallback = fallback;
    return decl;
}

ParamDecl ParamDecl::choice(std::string name, std::string fallback, std::vector<std::string> choices)
{
    ParamDecl decl;
    decl.name = std::move(name);
    decl.type = ParamType::Choice;
    decl.fallback = std::move(fallback);
    decl.choices = std::move(choices);
    return decl;
}

ParamDecl ParamDecl::text(std::string name, std::string fallback)
{
    ParamDecl decl;
    decl.name = std::move(name);
    decl.type = ParamType::Text;
    decl.fallback = std::move(fallback);
    return decl;
}

ParamDecl ParamDecl::path(std::string name, bool folder)
{
    ParamDecl decl;
    decl.name = std::move(name);
    decl.type = ParamType::Path;
    decl.fallback = std::string();
    decl.folderPath = folder;
    return decl;
}

ParamDecl ParamDecl::pair(std::string name, std::int64_t fallback)
{
    return pairOr(std::move(name), fallback, {});
}

ParamDecl ParamDecl::pairOr(std::string name, std::int64_t fallback, std::vector<std::string> keywords)
{
    ParamDecl decl;
    decl.name = std::move(name);
    decl.type = ParamType::IntPair;
    decl.fallback = std::vector<std::int64_t>{fallback};
    decl.choices = std::move(keywords);
    return decl;
}

ParamDecl ParamDecl::reals(std::string name, std::vector<double> fallback)
{
    return realsOr(std::move(name), std::move(fallback), {});
}

ParamDecl ParamDecl::realsOr(std::string name, ParamValue fallback, std::vector<std::string> keywords)
{
    ParamDecl decl;
    decl.name = std::move(name);
    decl.type = ParamType::RealList;
    decl.fallback = std::move(fallback);
    decl.choices = std::move(keywords);
    return decl;
}

ParamDecl ParamDecl::texts(std::string name)
{
    ParamDecl decl;
    decl.name = std::move(name);
    decl.type = ParamType::TextList;
    decl.fallback = std::vector<std::string>();
    return decl;
}

ParamDecl &&ParamDecl::range(double smallest, double largest) &&
{
    min = smallest;
    max = largest;
    return std::move(*this);
}

ParamDecl &&ParamDecl::atLeast(double smallest) &&
{
    min = smallest;
    return std::move(*this);
}

ParamDecl &&ParamDecl::unit(std::string text) &&
{
    unitText = std::move(text);
    return std::move(*this);
}

ParamDecl &&ParamDecl::doc(std::string text) &&
{
    docText = std::move(text);
    return std::move(*this);
}

ParamDecl &&ParamDecl::outsideForm() &&
{
    inForm = false;
    return std::move(*this);
}

ParamDecl &&ParamDecl::under(std::string heading) &&
{
    group = std::move(heading);
    return std::move(*this);
}

ParamDecl &&ParamDecl::onlyWith(std::string param, std::vector<std::string> values) &&
{
    needs.push_back({std::move(param), std::move(values)});
    return std::move(*this);
}

bool ParamDecl::matters(const Params &params) const
{
    return std::ranges::all_of(needs, [&](const ParamNeed &need) {
        return !params.has(need.param) || std::ranges::find(need.values, formatParam(params.at(need.param))) != need.values.end();
    });
}

} // namespace netloom
