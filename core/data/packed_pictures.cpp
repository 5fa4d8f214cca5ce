// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/packed_pictures.h"

#include "data/excluded.h"
#include "data/split_rule.h"

#include <filesystem>

namespace netloom {

namespace {

/// Where a sample lies.
struct Place {
    std::uint32_t part = 0;
    std::uint32_t index = 0;
    Split split = Split::Train;
};

class PackedPictures final : public DataSource {
public:
    PackedPictures(std::vector<PackedPart> parts, std::vector<Place> places, SourceFacts facts)
        : m_parts(std::move(parts)), m_places(std::move(places)), m_facts(std::move(facts))
    {
    }

    const SourceFacts &facts() const override { return m_facts; }
    std::int64_t size() const override { return static_cast<std::int64_t>(m_places.size()); }
    bool inMemory() const override { return true; }
    Split split(std::int64_t sample) const override { return place(sample).split; }
    std::int64_t label(std::int64_t sample) const override { return part(sample).labels[place(sample).index]; }
    std::string name(std::int64_t sample) const override { return part(sample).name + " #" + std::to_string(place(sample).index); }

    Result<Picture> read(std::int64_t sample, DecodeHint hint) const override
    {
        Picture picture;
        readInto(sample, hint, picture);
        return picture;
    }

    std::optional<Error> readInto(std::int64_t sample, DecodeHint, Picture &picture) const override
    {
        const std::uint8_t *first = pixels(sample);
        picture.height = static_cast<int>(m_facts.height);
        picture.width = static_cast<int>(m_facts.width);
        picture.channels = static_cast<int>(m_facts.channels);
        picture.pixels.assign(first, first + bytesEach());
        return {};
    }

    const std::uint8_t *pixels(std::int64_t sample) const override { return part(sample).pixels.data() + place(sample).index * bytesEach(); }

private:
    const Place &place(std::int64_t sample) const { return m_places.at(static_cast<std::size_t>(sample)); }
    std::int64_t bytesEach() const { return m_facts.height * m_facts.width * m_facts.channels; }
    const PackedPart &part(std::int64_t sample) const { return m_parts[place(sample).part]; }

    std::vector<PackedPart> m_parts;
    std::vector<Place> m_places;
    SourceFacts m_facts;
};

/// Every sample of every part, dealt out.
std::vector<Place> dealtPlaces(const std::vector<PackedPart> &parts, std::int64_t classCount, const Params &params)
{
    std::vector<std::int64_t> labels;
    for (const PackedPart &part : parts) {
        if (!part.isTest)
            labels.insert(labels.end(), part.labels.begin(), part.labels.end());
    }
    const std::vector<Split> splits = dealSplits(labels, classCount, params);
    std::vector<Place> places;
    std::size_t dealt = 0;
    for (std::uint32_t part = 0; part < parts.size(); ++part) {
        for (std::uint32_t index = 0; index < parts[part].labels.size(); ++index)
            places.push_back({part, index, parts[part].isTest ? Split::Test : splits[dealt++]});
    }
    return places;
}

} // namespace

std::optional<Error> folderProblem(const std::string &root)
{
    std::error_code code;
    if (root.empty())
        return Error{"No data folder is chosen: choose the folder in the inspector or drop it on the window."};
    if (!std::filesystem::exists(root, code))
        return Error{"The folder '" + root + "' doesn't exist: choose another one."};
    if (!std::filesystem::is_directory(root, code))
        return Error{"'" + root + "' is a file: choose the folder that holds it."};
    return std::nullopt;
}

std::shared_ptr<DataSource> packedSource(std::vector<PackedPart> parts, SourceFacts facts, const Params &params)
{
    std::vector<Place> places = dealtPlaces(parts, facts.classCount(), params);
    if (const auto excluded = excludedNames(params); !excluded.empty()) {
        facts.excluded = static_cast<std::int64_t>(std::erase_if(places, [&](const Place &place) {
            return excluded.contains(parts[place.part].name + " #" + std::to_string(place.index));
        }));
    }
    for (const Split split : kAllSplits)
        facts.counts[std::string(toString(split))].assign(facts.classNames.size(), 0);
    for (const Place &place : places)
        ++facts.counts[std::string(toString(place.split))][parts[place.part].labels[place.index]];
    return std::make_shared<PackedPictures>(std::move(parts), std::move(places), std::move(facts));
}

} // namespace netloom
