// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace netloom {

enum class ParamType {
    Bool,
    Int,      ///< whole number, or one of the keywords
    Real,
    Choice,   ///< one of the choices
    Text,
    Path,     ///< folder or file on disk
    IntPair,  ///< one whole number for both axes, or [height, width], or one of the keywords
    RealList, ///< numbers, such as one per channel or the ends of a range; or one of the keywords
    TextList, ///< names, such as files or classes; none is allowed
};

/// Int → int64_t (or a keyword as string), Real → double, Choice/Text/Path → string,
/// IntPair → vector<int64_t> of size 1 or 2 (or a keyword as string),
/// RealList → vector<double> (or a keyword as string), TextList → vector<string>.
using ParamValue = std::variant<bool, std::int64_t, double, std::string, std::vector<std::int64_t>, std::vector<double>,
    std::vector<std::string>>;

/// What another parameter must be set to for one to have an effect.
struct ParamNeed {
    std::string param;
    std::vector<std::string> values; ///< one of these, as formatParam() writes them
};

class Params;

/// What is known of one parameter: form field, command-line check, file check and help page all derive from it.
struct ParamDecl {
    std::string name;
    ParamType type = ParamType::Int;
    ParamValue fallback;               ///< the default
    std::optional<double> min;         ///< smallest allowed number (each element of a pair or list)
    std::optional<double> max;         ///< largest allowed number
    std::vector<std::string> choices;  ///< the choices, or the keywords allowed beside numbers
    std::string unitText;              ///< "px", "" for none
    std::string docText;               ///< one sentence: the effect
    bool folderPath = false;           ///< for Path: a folder rather than a file
    bool inForm = true;                ///< false: set by other means than the inspector's form, such as a list of ten thousand names
    std::string group;                 ///< the heading that a long form shows it under; "" for none
    std::vector<ParamNeed> needs;      ///< all of them, for it to have an effect

    static ParamDecl flag(std::string name, bool fallback);
    static ParamDecl integer(std::string name, std::int64_t fallback);
    static ParamDecl integerOr(std::string name, ParamValue fallback, std::vector<std::string> keywords);
    static ParamDecl real(std::string name, double fallback);
    static ParamDecl choice(std::string name, std::string fallback, std::vector<std::string> choices);
    static ParamDecl text(std::string name, std::string fallback);
    static ParamDecl path(std::string name, bool folder);
    static ParamDecl pair(std::string name, std::int64_t fallback);
    static ParamDecl pairOr(std::string name, std::int64_t fallback, std::vector<std::string> keywords);
    static ParamDecl reals(std::string name, std::vector<double> fallback);
    static ParamDecl realsOr(std::string name, ParamValue fallback, std::vector<std::string> keywords);
    static ParamDecl texts(std::string name);

    ParamDecl &&range(double smallest, double largest) &&;
    ParamDecl &&atLeast(double smallest) &&;
    ParamDecl &&unit(std::string text) &&;
    ParamDecl &&doc(std::string text) &&;
    ParamDecl &&outsideForm() &&;
    ParamDecl &&under(std::string heading) &&;
    /// It has an effect only where @p param has one of the values; all calls count.
    ParamDecl &&onlyWith(std::string param, std::vector<std::string> values) &&;

    /// Whether it has an effect beside the other values in @p params; those that are missing count as fitting.
    bool matters(const Params &params) const;
};

/// Checks type, range and keywords. The error names the parameter, the value and what is allowed.
Result<ParamValue> validateParam(const ParamDecl &decl, const ParamValue &value);

/// Reads what people type: "3", "3,5", "same", "0.5", "true", "0.485, 0.456, 0.406", "rose; tulip" (or a line for each name, which
/// may then hold semicolons).
Result<ParamValue> parseParam(const ParamDecl &decl, std::string_view text);

/// The inverse of parseParam: parseParam(decl, formatParam(value)) gives value back.
std::string formatParam(const ParamValue &value);

/// A node's parameter values by name.
class Params {
public:
    /// The defaults of @p decls.
    static Params defaults(const std::vector<ParamDecl> &decls);

    bool has(std::string_view name) const { return m_values.find(name) != m_values.end(); }
    void set(std::string name, ParamValue value) { m_values[std::move(name)] = std::move(value); }
    void erase(std::string_view name);

    /// The value; throws std::out_of_range for an unknown name, which is a programmer's error.
    const ParamValue &at(std::string_view name) const;

    bool flag(std::string_view name) const { return std::get<bool>(at(name)); }
    std::int64_t integer(std::string_view name) const { return std::get<std::int64_t>(at(name)); }
    double real(std::string_view name) const { return std::get<double>(at(name)); }
    const std::string &text(std::string_view name) const { return std::get<std::string>(at(name)); }
    const std::vector<double> &reals(std::string_view name) const { return std::get<std::vector<double>>(at(name)); }
    const std::vector<std::string> &texts(std::string_view name) const { return std::get<std::vector<std::string>>(at(name)); }

    /// The value as [height, width]; a single number counts for both.
    std::array<std::int64_t, 2> pair(std::string_view name) const;

    /// The keyword ("same", "classes") when one is set instead of numbers, else "".
    std::string keyword(std::string_view name) const;

    const std::map<std::string, ParamValue, std::less<>> &values() const { return m_values; }
    friend bool operator==(const Params &, const Params &) = default;

private:
    std::map<std::string, ParamValue, std::less<>> m_values;
};

} // namespace netloom
