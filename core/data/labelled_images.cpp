// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/excluded.h"
#include "data/label_list_reading.h"
#include "data/split_rule.h"

#include <algorithm>
#include <iterator>

namespace netloom {

namespace fs = std::filesystem;

namespace {

Result<std::shared_ptr<DataSource>> openLabelledImages(const Params &params)
{
    LabelListReading reading(params);
    if (auto error = reading.read())
        return *error;
    LabelledFiles &found = reading.found();
    SourceFacts facts;
    facts.classNames = std::move(found.classNames);
    facts.targetName = reading.labelName();
    facts.severalLabels = reading.columns().several();
    facts.warnings = labelListWarnings(reading.table(), found);
    if (facts.classNames.size() == 1)
        facts.warnings.push_back(
            "There is only one class, '" + facts.classNames.front() + "', so there is nothing to tell apart: choose another label_column.");
    dealOut(found.items, facts.classCount(), params);
    return pictureFilesSource(params.text("root"), std::move(found.items), std::move(facts), params);
}

/// A folder with a list of its pictures.
std::optional<Params> recogniseLabelledImages(const std::string &path)
{
    std::error_code code;
    if (!fs::is_directory(path, code) || csvFilesIn(path).empty())
        return std::nullopt;
    Params params;
    for (const char *name : {"csv", "file_column", "label_column", "split_column"})
        params.set(name, std::string());
    for (const char *name : {"labels", "label_separator"})
        params.set(name, std::string("auto"));
    params.set("label_columns", std::vector<std::string>());
    params.set("root", path);
    LabelListReading reading(params);
    if (reading.read())
        return std::nullopt;
    Params found;
    found.set("root", path);
    found.set("csv", reading.csv());
    found.set("split_column", reading.likelySplit());
    return found;
}

} // namespace

namespace nodes {

NodeSpec labelled_images()
{
    NodeSpec spec;
    spec.type = "LabelledImages";
    spec.category = Category::Source;
    spec.keywords = {"pictures", "photos", "images", "csv", "list", "labels", "annotations", "multi-label", "tags", "data", "dataset", "labeled"};
    spec.doc = "Pictures from a folder, with a CSV file that lists them: a row for each, with the file's name and its class, or several labels. "
               "A column may say train, val or test; else the pictures are dealt out.";
    spec.outputs = pictureOutputs();
    spec.params = {
        ParamDecl::path("root", true).doc("The folder in which, or below which, the pictures are"),
        ParamDecl::path("csv", false).doc("The list; empty for a CSV file in the folder that lists its pictures"),
        ParamDecl::text("file_column", "").doc("The column with the files' names, or its number from 1; empty for the one that names pictures. Folders above and endings may be missing"),
        ParamDecl::text("label_column", "").doc("The column with the classes, as words or numbers; empty for one named label, class, category or the like, and else the one with the fewest different words"),
        ParamDecl::choice("labels", "auto", {"auto", "one", "several", "columns"})
            .doc("Whether a picture has one class or several labels: several in the cell of the label column, or columns of 0 and 1, one for each label; auto finds out"),
        ParamDecl::choice("label_separator", "auto", {"auto", ";", "|", ",", "space"}).doc("What stands between several labels in a cell"),
        ParamDecl::texts("label_columns").doc("The columns of 0 and 1, one for each label, separated by semicolons; empty for all such columns"),
        ParamDecl::text("split_column", "").doc("A column that says train, val or test; empty for none"),
    };
    std::ranges::move(splitDecls("the split column", 0.15, 0.15), std::back_inserter(spec.params));
    spec.params.push_back(backgroundDecl());
    spec.params.push_back(excludeDecl());
    spec.infer = inferPictureFiles;
    spec.explain = explainPictures;
    spec.recognise = recogniseLabelledImages;
    spec.openSource = openLabelledImages;
    return spec;
}

} // namespace nodes

} // namespace netloom
