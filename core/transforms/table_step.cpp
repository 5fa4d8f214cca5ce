// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/table_step.h"

namespace netloom {

NodeSpec tableTransform(std::string type, std::vector<std::string> keywords, std::string doc)
{
    NodeSpec spec;
    spec.type = std::move(type);
    spec.category = Category::Transform;
    spec.group = "Tables";
    spec.keywords = std::move(keywords);
    spec.doc = std::move(doc);
    spec.inputs = {{"input", PortKind::Tensor, false, "Rows of a table"}};
    spec.outputs = {{"output", PortKind::Tensor, false, "The same rows, changed"}};
    return spec;
}

std::optional<Misfit> tableMisfit(const InferInput &input, const std::string &verb)
{
    const Shape &in = input.in.at(0);
    if (in.rank() != 2)
        return Misfit{"not-a-table", verb + " the columns of a table but gets " + in.toString(),
            in.rank() == 4 ? "use Normalize for pictures, or connect CSVTable to it" : "connect CSVTable to it"};
    if (!input.facts.known || in[1] == Shape::kUnknown)
        return std::nullopt;
    const auto columns = static_cast<std::int64_t>(input.facts.columns.size());
    if (columns == 0)
        return Misfit{"not-a-table", verb + " the columns of a table but the data has none", "remove it, or connect CSVTable to it"};
    if (in[1] != columns)
        return Misfit{"column-count", verb + " the table's " + std::to_string(columns) + " columns but gets " + in.toString(),
            "put it right behind the data, before any step that changes the columns"};
    return std::nullopt;
}

} // namespace netloom
