// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/column_scaling.h"
#include "transforms/table_step.h"

namespace netloom::nodes {

NodeSpec standard_scaler()
{
    NodeSpec spec = tableTransform("StandardScaler", {"standardize", "normalize", "scale", "mean", "std", "z-score", "sklearn"},
        "Shifts and scales every column so that its training rows have the mean 0 and the standard deviation 1, since networks learn badly "
        "from columns of different size. Categories are left as they are.");
    spec.params = {
        ParamDecl::flag("with_mean", true).doc("Subtracts the column's mean"),
        ParamDecl::flag("with_std", true).doc("Divides by the column's standard deviation"),
    };
    spec.infer = [](const InferInput &input) -> InferResult {
        if (const auto misfit = tableMisfit(input, "scales"))
            return *misfit;
        return Inferred{{input.in.at(0)}};
    };
    spec.buildTransform = [](const Params &params, const SourceFacts &facts) -> std::shared_ptr<Transform> {
        std::vector<ColumnScaling::Step> steps;
        for (const ColumnFacts &column : facts.columns) {
            if (column.indicator() || !column.categories.empty())
                steps.push_back({});
            else
                steps.push_back({params.flag("with_mean") ? static_cast<float>(column.mean) : 0.0f,
                    params.flag("with_std") ? static_cast<float>(1 / column.deviation) : 1.0f});
        }
        return std::make_shared<ColumnScaling>(std::move(steps));
    };
    return spec;
}

} // namespace netloom::nodes
