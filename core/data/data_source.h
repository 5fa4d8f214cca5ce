// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture.h"
#include "graph/result.h"
#include "graph/source_facts.h"
#include "graph/split.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace netloom {

/// What a caller will do with a picture, so that decoding can be cheaper. 0 = full size needed.
struct DecodeHint {
    int minShorterSide = 0; ///< the next step shrinks the picture so that both sides may be reduced down to at least this, px
};

/// An index over data on disk: names, labels and splits; pictures are decoded one by one on demand, a table's rows lie in memory.
class DataSource {
public:
    virtual ~DataSource() = default;

    virtual const SourceFacts &facts() const = 0;
    virtual std::int64_t size() const = 0;
    virtual Split split(std::int64_t sample) const = 0;
    /// The sample's class. Where facts().severalLabels, of its labels the rarest, by which it is dealt out and drawn; -1 for none.
    virtual std::int64_t label(std::int64_t sample) const = 0;
    /// The sample's classes, rising: one, but where facts().severalLabels any number of them.
    virtual std::vector<std::int32_t> labels(std::int64_t sample) const { return {static_cast<std::int32_t>(label(sample))}; }
    /// The number to be learned, in its own unit; only where facts().learnsNumber.
    virtual double number(std::int64_t) const { return 0; }
    /// The file's path, relative to the source's folder, or "train #17" for packed data.
    virtual std::string name(std::int64_t sample) const = 0;
    /// Decodes one sample. Safe to call from several threads. The error names the file and the cause.
    virtual Result<Picture> read(std::int64_t sample, DecodeHint hint = {}) const = 0;
    /// As read(), into a picture whose memory is used again; the loader calls this one.
    virtual std::optional<Error> readInto(std::int64_t sample, DecodeHint hint, Picture &picture) const
    {
        Result<Picture> result = read(sample, hint);
        if (!result)
            return result.error();
        picture = std::move(result).value();
        return {};
    }
    /// Appends the numbers of a table's row to @p values, one for each of facts().columns; only where there are some.
    virtual void readRow(std::int64_t, std::vector<float> &) const {}
    /// Which of a table's columns, as columnsOf() counts them, the row lacks; something stands in their place.
    virtual std::vector<std::size_t> missingCells(std::int64_t) const { return {}; }
    /// The same table with what stood for missing cells when @p trained was found, not with what these rows would give; its columns must
    /// be the same. nullptr where no cell is missing.
    virtual std::shared_ptr<DataSource> filledAs(const SourceFacts &) const { return nullptr; }
    /// True when the samples lie decoded in memory: one loader thread is then more than enough.
    virtual bool inMemory() const { return false; }
    /// Where a sample's pixels lie in memory as read() gives them, each of facts()' channels, height and width; nullptr elsewhere.
    virtual const std::uint8_t *pixels(std::int64_t) const { return nullptr; }
    /// The path of the file that holds this sample alone, so that what was made of it can be kept as long as the file stays the same;
    /// "" elsewhere.
    virtual std::string file(std::int64_t) const { return {}; }
    /// What shows through see-through pictures: before another colour, the same file is another picture.
    virtual Rgb background() const { return kWhite; }
};

} // namespace netloom
