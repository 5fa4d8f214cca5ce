// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/batch.h"
#include "data/data_source.h"
#include "graph/infer_shapes.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace netloom {

struct LoaderOptions {
    int workers = 0;         ///< threads for decoding; 0 = as many as it takes to keep the trainer busy, found by measuring
    int prefetchBatches = 4; ///< bound of the queue of finished batches
    bool balanced = false;   ///< training takes every class equally often, samples of rare classes several times
    bool dropLast = false;   ///< training leaves a last batch out that is smaller than the others, unless it is the only one
    std::optional<std::size_t> cacheBytes; ///< memory for decoded pictures; without it, a share of what is free; 0 = no cache at all
};

/// Opens the source node of @p graph (reads names and headers only). The error says which node and how to mend it.
Result<std::shared_ptr<DataSource>> openSource(const Graph &graph, const NodeRegistry &registry);
/// The same, for a network that learned from data of the facts @p trained: a table is read as the training's was, and its rows of classes
/// that weren't learned are left out; @p strangers takes a sentence about them.
Result<std::shared_ptr<DataSource>> openSourceAs(const Graph &graph, const NodeRegistry &registry, const SourceFacts &trained, std::vector<std::string> &strangers);
/// The same for one node of the source type @p spec.
Result<std::shared_ptr<DataSource>> openSource(const NodeSpec &spec, const Node &node);

/// The loader: source → transforms of the graph's pipeline → batches, decoded and prefetched on its own threads with a
/// bounded queue; never more than prefetchBatches batches, one sample per worker and the cache of decoded pictures in memory. A sample that can't be
/// read, or doesn't get the shape that the network takes, is left out, which makes its batch that much smaller, and is listed
/// in unreadable(); a batch of which nothing is left is skipped. The error names the node that doesn't fit.
Result<std::shared_ptr<BatchSource>> makeLoader(const Graph &graph, const NodeRegistry &registry,
    std::shared_ptr<DataSource> source, LoaderOptions options = {});

/// Prepares single pictures exactly as evaluation does, for prediction on new files.
class PicturePreparer {
public:
    /// With @p facts the shape is also known where no transform sets the size. The error names the node that doesn't fit.
    static Result<std::unique_ptr<PicturePreparer>> make(const Graph &graph, const NodeRegistry &registry,
        const SourceFacts &facts = {});
    virtual ~PicturePreparer() = default;
    /// A picture's file → a batch of one; a table's → a batch of its rows, whose lines are the samples; @p leftOut
    /// takes a sentence for each row left out. The error names the file and the cause.
    virtual Result<Batch> prepare(const std::string &file, std::vector<std::string> *leftOut = nullptr) const = 0;
    /// The same for a picture in memory, RGB. Where it doesn't fit as it is and all of the data have one size, the middle of @p picture is
    /// resized to that. The error is the cause alone: "is …".
    virtual Result<Batch> prepare(const Picture &picture) const = 0;
    /// C×H×W; sizes that only the data tells are unknown without facts.
    virtual Shape sampleShape() const = 0;
};

/// Decodes a picture file (JPEG, PNG, WebP, BMP, TIFF, PPM, the first picture of a GIF) to grey or RGB with EXIF orientation
/// honoured; @p background shows through where the picture is see-through. @p channels 1 or 3.
/// The error names the file and the cause; no input crashes it, and a header claiming an absurd size is refused.
Result<Picture> readPictureFile(const std::string &file, int channels, DecodeHint hint = {}, const Rgb &background = kWhite);
/// True for the endings that readPictureFile() takes, in any case.
bool isPictureFile(const std::string &file);

} // namespace netloom
