// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"
#include "graph/result.h"

#include <nlohmann/json.hpp>
#include <string>

namespace netloom {

/// Members keep the order of the file.
using Json = nlohmann::ordered_json;

/// Parses @p text. The error says in which line and column it breaks off. Refuses absurd nesting.
Result<Json> parseJson(const std::string &text);

/// The value on one line, with a space after ',' and ':'. Bytes that are no UTF-8 become U+FFFD.
std::string inlineJson(const Json &value);

/// An object kept as text (Node::extra, Project::extra); an empty object for anything else.
Json objectFromText(const std::string &text);

Json jsonFromParam(const ParamValue &value);
/// The value as @p decl wants it. The error names the parameter, the value and what is allowed.
Result<ParamValue> paramFromJson(const ParamDecl &decl, const Json &value);

} // namespace netloom
