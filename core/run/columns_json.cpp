// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/columns_json.h"

#include <nlohmann/json.hpp>

namespace netloom {

namespace {

using Json = nlohmann::ordered_json;

std::string word(const Json &object, const char *member)
{
    const auto found = object.find(member);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

double number(const Json &object, const char *member, double otherwise)
{
    const auto found = object.find(member);
    return found != object.end() && found->is_number() ? found->get<double>() : otherwise;
}

} // namespace

Json columnsJson(const std::vector<ColumnFacts> &columns)
{
    Json json = Json::array();
    for (const ColumnFacts &column : columns) {
        Json one{{"name", column.name}};
        if (column.column != column.name)
            one["column"] = column.column;
        if (column.indicator())
            one["word"] = column.word;
        if (!column.categories.empty())
            one["categories"] = column.categories;
        one.update({{"mean", column.mean}, {"deviation", column.deviation}, {"min", column.min}, {"max", column.max}, {"fill", column.fill}});
        json.push_back(std::move(one));
    }
    return json;
}

std::vector<ColumnFacts> columnsFromJson(const Json &json)
{
    std::vector<ColumnFacts> columns;
    for (const Json &one : json) {
        if (!one.is_object())
            continue;
        ColumnFacts column;
        column.name = word(one, "name");
        column.column = one.contains("column") ? word(one, "column") : column.name;
        column.word = word(one, "word");
        if (const auto categories = one.find("categories"); categories != one.end() && categories->is_array()) {
            for (const Json &category : *categories)
                column.categories.push_back(category.is_string() ? category.get<std::string>() : std::string());
        }
        column.mean = number(one, "mean", 0);
        column.deviation = number(one, "deviation", 1);
        column.min = number(one, "min", 0);
        column.max = number(one, "max", 0);
        column.fill = number(one, "fill", 0);
        columns.push_back(std::move(column));
    }
    return columns;
}

} // namespace netloom
