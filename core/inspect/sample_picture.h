// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"
#include "graph/infer_shapes.h"

#include <memory>
#include <string>

namespace netloom {

/// A picture to send through the network: one of the data's samples, or a picture file.
struct PreviewSample {
    std::shared_ptr<const DataSource> source; ///< nullptr while no data is open
    std::int64_t index = -1;                  ///< into the source
    std::string file;                         ///< not "": this file in the place of a sample
    friend bool operator==(const PreviewSample &, const PreviewSample &) = default;
};

/// How a network wants its pictures decoded.
struct DecodePlan {
    int channels = 3;
    DecodeHint hint;
    int height = 0; ///< px that a file is resized to, since no transform does it and the data has one size; 0: as it is
    int width = 0;
    Rgb background = kWhite; ///< behind see-through files
    std::string key() const; ///< equal plans have equal keys
};

/// The plan for the pipeline that begins at @p source, a node of @p flat.
DecodePlan planDecoding(const FlatGraph &flat, const NodeRegistry &registry, const SourceFacts &facts, const Node &source);

/// Decodes as evaluation does. The error says which sample or file, and the cause.
Result<Picture> decodeSample(const PreviewSample &sample, const DecodePlan &plan);

} // namespace netloom
