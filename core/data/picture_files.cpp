// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/picture_files.h"

#include "data/excluded.h"
#include "data/picture_file.h"
#include "data/split_rule.h"
#include "data/warning_text.h"

#include <algorithm>

namespace netloom {

namespace {

constexpr std::int64_t kFewPictures = 10;
constexpr std::int64_t kHeadersToLookAt = 64;

class PictureFiles final : public DataSource {
public:
    PictureFiles(std::string root, std::vector<PictureItem> items, SourceFacts facts, const Rgb &background)
        : m_root(std::move(root)), m_items(std::move(items)), m_facts(std::move(facts)), m_background(background)
    {
    }

    const SourceFacts &facts() const override { return m_facts; }
    std::int64_t size() const override { return static_cast<std::int64_t>(m_items.size()); }
    Split split(std::int64_t sample) const override { return item(sample).split; }
    std::int64_t label(std::int64_t sample) const override { return item(sample).label; }
    LabelSet labels(std::int64_t sample) const override { return m_facts.severalLabels ? item(sample).labels : LabelSet{item(sample).label}; }
    std::string name(std::int64_t sample) const override { return item(sample).file; }
    Rgb background() const override { return m_background; }
    std::string file(std::int64_t sample) const override { return m_root + "/" + item(sample).file; }

    Result<Picture> read(std::int64_t sample, DecodeHint hint) const override
    {
        Picture picture;
        if (std::optional<Error> error = readInto(sample, hint, picture))
            return *error;
        return picture;
    }

    std::optional<Error> readInto(std::int64_t sample, DecodeHint hint, Picture &picture) const override
    {
        const std::string &file = item(sample).file;
        if (const auto cause = decodePictureFile(m_root + "/" + file, 3, hint, picture, m_background))
            return Error{"'" + file + "' " + *cause + "."};
        return {};
    }

private:
    const PictureItem &item(std::int64_t sample) const { return m_items.at(static_cast<std::size_t>(sample)); }

    std::string m_root;
    std::vector<PictureItem> m_items;
    SourceFacts m_facts;
    Rgb m_background;
};

void countInto(SourceFacts &facts, const std::vector<PictureItem> &items)
{
    for (const Split split : kAllSplits)
        facts.counts[std::string(toString(split))].assign(facts.classNames.size(), 0);
    for (const PictureItem &item : items)
        countSample(facts, item.split, facts.severalLabels ? item.labels : LabelSet{item.label});
}

void warnOfFew(SourceFacts &facts)
{
    std::vector<std::string> untrained;
    std::vector<std::string> few;
    for (std::size_t label = 0; label < facts.classNames.size(); ++label) {
        const std::int64_t count = facts.counts["train"][label];
        if (count == 0)
            untrained.push_back(facts.classNames[label]);
        else if (count < kFewPictures)
            few.push_back(facts.classNames[label]);
    }
    if (!untrained.empty())
        facts.warnings.push_back("No pictures to learn from for " + listed(untrained) + ", only to validate or test with: add some to train.");
    if (!few.empty())
        facts.warnings.push_back("Fewer than " + std::to_string(kFewPictures) + " pictures to learn from for " + listed(few)
            + ": with so few a network hardly learns a class.");
}

/// Sizes are a fact only where the headers of pictures from all over the data agree.
void lookAtSizes(SourceFacts &facts, const std::string &root, const std::vector<PictureItem> &items)
{
    const auto count = static_cast<std::int64_t>(items.size());
    const std::int64_t looks = std::min(count, kHeadersToLookAt);
    for (std::int64_t look = 0; look < looks; ++look) {
        const PictureItem &item = items[static_cast<std::size_t>(look * count / looks)];
        PictureHeader header = readPictureHeader(root + "/" + item.file);
        if (header.width <= 0 || header.height <= 0)
            continue;
        if (header.orientation >= 5)
            std::swap(header.width, header.height);
        const bool first = facts.height == Shape::kUnknown;
        if (!first && (facts.height != header.height || facts.width != header.width)) {
            facts.height = facts.width = Shape::kUnknown;
            return;
        }
        facts.height = header.height;
        facts.width = header.width;
    }
}

} // namespace

ParamDecl backgroundDecl()
{
    return ParamDecl::reals("background", {255, 255, 255}).range(0, 255)
        .doc("The colour behind see-through pictures: red, green and blue, or one grey");
}

Rgb backgroundOf(const Params &params)
{
    if (!params.has("background") || backgroundMisfit(params))
        return kWhite;
    const std::vector<double> &parts = params.reals("background");
    Rgb colour;
    for (std::size_t channel = 0; channel < colour.size(); ++channel)
        colour[channel] = static_cast<std::uint8_t>(parts[parts.size() == 1 ? 0 : channel] + 0.5);
    return colour;
}

std::optional<Misfit> backgroundMisfit(const Params &params)
{
    const std::size_t count = params.reals("background").size();
    if (count == 1 || count == 3)
        return std::nullopt;
    return Misfit{"background", "has a background of " + counted(static_cast<std::int64_t>(count), "number"),
        "give it three for red, green and blue, or one for a grey", ""};
}

void dealOut(std::vector<PictureItem> &items, std::int64_t classCount, const Params &params)
{
    const bool asGiven = params.text("split") == "auto";
    const auto has = [&](Split split) { return std::ranges::any_of(items, [&](const PictureItem &item) { return item.split == split; }); };
    if (asGiven && has(Split::Val))
        return;
    std::vector<std::int64_t> labels;
    std::vector<PictureItem *> dealt;
    for (PictureItem &item : items) {
        if (item.split == Split::Test)
            continue;
        dealt.push_back(&item);
        labels.push_back(item.label < 0 ? classCount : item.label);
    }
    Params rule = params;
    if (dealt.size() < items.size())
        rule.set("test_fraction", 0.0);
    const std::vector<Split> splits = dealSplits(labels, classCount + 1, rule); // those without a label last
    for (std::size_t index = 0; index < dealt.size(); ++index)
        dealt[index]->split = splits[index];
}

std::shared_ptr<DataSource> pictureFilesSource(std::string root, std::vector<PictureItem> items, SourceFacts facts, const Params &params)
{
    if (const auto excluded = excludedNames(params); !excluded.empty())
        facts.excluded = static_cast<std::int64_t>(std::erase_if(items, [&](const PictureItem &item) { return excluded.contains(item.file); }));
    countInto(facts, items);
    warnOfFew(facts);
    lookAtSizes(facts, root, items);
    facts.known = true;
    facts.channels = 3;
    return std::make_shared<PictureFiles>(std::move(root), std::move(items), std::move(facts), backgroundOf(params));
}

std::vector<PortDecl> pictureOutputs()
{
    return {{"image", PortKind::Image, false, "RGB pictures"}, {"target", PortKind::Target, false, "The class of each picture"}};
}

InferResult inferPictureFiles(const InferInput &input)
{
    const ShapeList outputs{Shape{3, input.facts.height, input.facts.width}, Shape{Shape::kBatch}};
    if (input.params.text("root").empty())
        return Misfit{"no-data", "has no data folder", "choose the folder in the inspector or drop it on the window", "", outputs};
    if (auto misfit = splitMisfit(input.params))
        return *misfit;
    if (auto misfit = backgroundMisfit(input.params))
        return *misfit;
    return Inferred{outputs};
}

std::vector<std::string> explainPictures(const InferInput &, const Inferred &inferred)
{
    const Shape &out = inferred.outputs.at(0);
    const auto found = [](std::int64_t size) {
        return size == Shape::kUnknown ? "pictures differ, or nobody has looked yet, ?" : "as found in the data, " + std::to_string(size);
    };
    return {"channels: red, green and blue, " + std::to_string(out[0]), "height: " + found(out[1]), "width: " + found(out[2])};
}

} // namespace netloom
