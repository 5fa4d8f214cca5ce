// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "transforms/table_step.h"
#include "transforms/transform.h"

#include <stdexcept>

namespace netloom::nodes {
namespace {

/// How many numbers each column becomes.
std::vector<std::size_t> widths(const SourceFacts &facts, bool dropFirst)
{
    std::vector<std::size_t> widths;
    for (const ColumnFacts &column : facts.columns)
        widths.push_back(column.categories.empty() ? 0 : column.categories.size() - (dropFirst ? 1 : 0));
    return widths;
}

class OneHot final : public Transform {
public:
    /// @p widths: 0 for a column that stays as it is; @p first is the index of the first category that has a number.
    OneHot(std::vector<std::size_t> widths, int first) : m_widths(std::move(widths)), m_first(first) {}

    void apply(Sample &sample, std::mt19937_64 &, bool) const override
    {
        if (sample.values.size() != m_widths.size())
            throw std::runtime_error("has " + sample.shape.toString() + " numbers where OneHot was fitted to " + std::to_string(m_widths.size()) + " columns");
        std::vector<float> spread;
        for (std::size_t column = 0; column < m_widths.size(); ++column) {
            if (m_widths[column] == 0) {
                spread.push_back(sample.values[column]);
                continue;
            }
            const auto index = static_cast<int>(sample.values[column]) - m_first;
            for (std::size_t category = 0; category < m_widths[column]; ++category)
                spread.push_back(static_cast<int>(category) == index ? 1.0f : 0.0f);
        }
        sample.values = std::move(spread);
        sample.shape = Shape{static_cast<std::int64_t>(sample.values.size())};
    }

private:
    std::vector<std::size_t> m_widths;
    int m_first;
};

InferResult inferOneHot(const InferInput &input)
{
    if (const auto misfit = tableMisfit(input, "spreads"))
        return *misfit;
    if (!input.facts.known)
        return Inferred{{Shape{Shape::kBatch, Shape::kUnknown}}};
    std::int64_t numbers = 0;
    bool any = false;
    for (const std::size_t width : widths(input.facts, input.params.text("drop") == "first")) {
        any = any || width > 0;
        numbers += width > 0 ? static_cast<std::int64_t>(width) : 1;
    }
    if (!any)
        return Misfit{"no-categories", "finds no column with categories as an index", "set encode of the table to index, or remove it"};
    return Inferred{{Shape{Shape::kBatch, numbers}}};
}

} // namespace

NodeSpec one_hot()
{
    NodeSpec spec = tableTransform("OneHot", {"category", "dummy", "indicator", "encode", "OneHotEncoder", "sklearn"},
        "Gives each category of a column of words a number of its own: 1 in its rows and 0 in all others. For a table whose encode is index; "
        "scalers come before it.");
    spec.params = {ParamDecl::choice("drop", "none", {"none", "first"}).doc("first leaves the first category of each column out, which the others tell already")};
    spec.infer = inferOneHot;
    spec.explain = [](const InferInput &input, const Inferred &inferred) -> std::vector<std::string> {
        return {"features: " + std::to_string(input.facts.columns.size()) + " columns, those of words spread, " + sizeOrUnknown(inferred.outputs.at(0)[1])};
    };
    spec.buildTransform = [](const Params &params, const SourceFacts &facts) -> std::shared_ptr<Transform> {
        const bool dropFirst = params.text("drop") == "first";
        return std::make_shared<OneHot>(widths(facts, dropFirst), dropFirst ? 1 : 0);
    };
    return spec;
}

} // namespace netloom::nodes
