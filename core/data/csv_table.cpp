// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/split_rule.h"
#include "data/table_rows.h"
#include "graph/explain.h"

namespace netloom {

namespace {

/// N×columns, as far as anybody has looked.
ShapeList tableShapes(const SourceFacts &facts)
{
    const std::int64_t columns = facts.known && !facts.columns.empty() ? static_cast<std::int64_t>(facts.columns.size()) : Shape::kUnknown;
    return {Shape{Shape::kBatch, columns}, Shape{Shape::kBatch}};
}

InferResult inferCsvTable(const InferInput &input)
{
    if (input.params.text("file").empty())
        return Misfit{"no-data", "has no table", "choose the file in the inspector or drop it on the window", "", tableShapes({})};
    if (const auto misfit = splitMisfit(input.params))
        return *misfit;
    return Inferred{tableShapes(input.facts)};
}

std::vector<ParamDecl> tableParams()
{
    std::vector<ParamDecl> params{
        ParamDecl::path("file", false).doc("The table: a text file with a row in each line, such as CSV or TSV"),
        ParamDecl::text("target", "auto").doc("The column to be learned: its name, or its number from 1; last, first, or auto, which is the one "
                                              "column named target, label, class, species or y, and else the last; for regression the last of numbers"),
        ParamDecl::choice("task", "auto", {"auto", "classification", "regression"})
            .doc("Whether classes are learned or a number; auto takes words and up to ten whole numbers for classes"),
        ParamDecl::texts("categories").doc("Columns whose cells are categories, even where they are numbers or many words"),
        ParamDecl::texts("numbers").doc("Columns whose cells are numbers; what isn't one counts as missing"),
        ParamDecl::texts("leave_out").doc("Columns that aren't learned from"),
        ParamDecl::choice("encode", "one-hot", {"one-hot", "index"})
            .doc("How a category goes in: as a 0 or 1 for each, or as its index in the alphabet, which OneHot can spread later"),
        ParamDecl::choice("missing", "median", {"mean", "median", "most frequent", "drop"})
            .doc("What stands for a missing cell (empty, ?, NA, N/A, nan, null), found in the training rows; drop leaves such rows out. "
                 "Categories take the most frequent"),
        ParamDecl::choice("header", "auto", {"auto", "yes", "no"}).doc("Whether the first line names the columns"),
        ParamDecl::choice("separator", "auto", {"auto", ",", ";", "tab", "|"}).doc("What stands between two cells"),
        ParamDecl::choice("quote", "auto", {"auto", "double", "single", "none"}).doc("What stands around cells that hold a separator"),
        ParamDecl::choice("decimal", "auto", {"auto", "point", "comma"}).doc("What stands before the fraction of a number"),
        ParamDecl::choice("encoding", "auto", {"auto", "UTF-8", "UTF-16", "Windows-1252"}).doc("How letters are stored; Latin-1 is a part of Windows-1252"),
        ParamDecl::text("split_column", "").doc("A column that says train, val or test for each row; with split auto one named split is taken"),
    };
    for (ParamDecl &decl : splitDecls("the split column", 0.15, 0.15))
        params.push_back(std::move(decl));
    return params;
}

} // namespace

namespace nodes {

NodeSpec csv_table()
{
    NodeSpec spec;
    spec.type = "CSVTable";
    spec.category = Category::Source;
    spec.keywords = {"csv", "tsv", "table", "spreadsheet", "excel", "tabular", "rows", "columns", "data", "dataset"};
    spec.doc = "Rows of a table, with one column to be learned from the others: a class or a number. Words become categories, "
               "missing cells are filled, and rows are dealt out to training, validation and test.";
    spec.outputs = {{"row", PortKind::Tensor, false, "The numbers of each row, one for each column, or for each category of a column of words"},
        {"target", PortKind::Target, false, "The class or the number of each row"}};
    spec.params = tableParams();
    spec.infer = inferCsvTable;
    spec.explain = [](const InferInput &input, const Inferred &inferred) -> std::vector<std::string> {
        const Shape &out = inferred.outputs.at(0);
        std::vector<std::string> words;
        for (const ColumnFacts &column : input.facts.columns) {
            if (column.indicator() && (words.empty() || words.back() != column.column))
                words.push_back(column.column);
        }
        std::string how = words.empty() ? "one for each column" : "one for each column, and for each word of ";
        for (std::size_t index = 0; index < words.size(); ++index)
            how += (index ? ", '" : "'") + words[index] + "'";
        return {"features: " + (out[1] == Shape::kUnknown ? std::string("nobody has looked yet") : how) + ", " + sizeOrUnknown(out[1])};
    };
    spec.openSource = [](const Params &params) -> Result<std::shared_ptr<DataSource>> {
        Result<TableLook> look = lookAtTable(params);
        if (!look)
            return look.error();
        return std::move(look->source);
    };
    return spec;
}

} // namespace nodes

} // namespace netloom
