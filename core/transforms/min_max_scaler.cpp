// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/column_scaling.h"
#include "transforms/param_rules.h"
#include "transforms/table_step.h"

namespace netloom::nodes {

NodeSpec min_max_scaler()
{
    NodeSpec spec = tableTransform("MinMaxScaler", {"normalize", "scale", "range", "minimum", "maximum", "sklearn"},
        "Shifts and scales every column so that its training rows go from 0 to 1. One far-off number squeezes all others together, where "
        "StandardScaler is the better choice. Categories are left as they are.");
    spec.params = {
        ParamDecl::reals("feature_range", {0.0, 1.0}).doc("What the smallest and the largest number of a column become"),
        ParamDecl::flag("clip", false).doc("Keeps numbers beyond those of the training rows within feature_range"),
    };
    spec.infer = [](const InferInput &input) -> InferResult {
        if (const auto misfit = tableMisfit(input, "scales"))
            return *misfit;
        if (const auto misfit = rangeMisfit(input.params, "feature_range"))
            return *misfit;
        return Inferred{{input.in.at(0)}};
    };
    spec.buildTransform = [](const Params &params, const SourceFacts &facts) -> std::shared_ptr<Transform> {
        const Range range = rangeOf(params, "feature_range");
        std::vector<ColumnScaling::Step> steps;
        for (const ColumnFacts &column : facts.columns) {
            const double span = column.max > column.min ? column.max - column.min : 1;
            if (column.indicator() || !column.categories.empty())
                steps.push_back({});
            else
                steps.push_back({static_cast<float>(column.min), static_cast<float>((range.highest - range.lowest) / span), static_cast<float>(range.lowest)});
        }
        if (params.flag("clip"))
            return std::make_shared<ColumnScaling>(std::move(steps), static_cast<float>(range.lowest), static_cast<float>(range.highest));
        return std::make_shared<ColumnScaling>(std::move(steps));
    };
    return spec;
}

} // namespace netloom::nodes
