// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"
#include "graph/infer_shapes.h"
#include "transforms/transform.h"

#include <memory>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace netloom {

/// The transforms between source and layers, ready to run; several threads share it.
class SamplePipeline {
public:
    /// Builds the transforms of @p graph's pipeline and follows the shape through them, from what the source declares with
    /// @p facts. The error names the node that doesn't fit and says how to mend it.
    /// Ends before the transform @p until, where that is one of them.
    static Result<SamplePipeline> make(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, NodeId until = {});

    /// Reads one of @p source's samples: a picture, decoded, or a table's row as values. The error names the sample and the cause.
    std::optional<Error> read(const DataSource &source, std::int64_t index, Sample &sample) const;

    /// Takes @p sample from what read() gave to values. @p random may be anything where usesRandom() is false.
    /// Throws std::runtime_error with what doesn't fit, after the sample's name: "is …".
    void apply(Sample &sample, std::mt19937_64 &random, bool training) const;

    /// The same in two parts. First the steps on pictures that do the same in every epoch, so that what they give can be kept.
    void applyFixed(Sample &sample) const;
    /// Then the others, written straight to @p values. False, with sample.shape set, where that isn't what the network takes.
    bool applyRest(Sample &sample, std::mt19937_64 &random, bool training, std::span<float> values) const;
    /// Both parts for pixels that need no step on pictures; only where pixelsSuffice().
    void applyToPixels(const std::uint8_t *pixels, std::span<float> values) const { writeValues(pixels, values); }

    bool hasFixedSteps() const { return m_fixed > 0; }
    bool pixelsSuffice() const { return !m_rows && m_toTensor == 0 && m_tableEnd == m_transforms.size(); }
    /// How the pictures that applyFixed() gives come about, source and settings: equal text, equal pictures.
    const std::string &fixedText() const { return m_fixedText; }

    DecodeHint decodeHint() const { return m_transforms.empty() ? DecodeHint{} : m_transforms.front()->decodeHint(); }
    bool usesRandom() const { return m_usesRandom; }
    const Shape &sampleShape() const { return m_sampleShape; } ///< C×H×W, or the number of columns of a table's row
    int sourceChannels() const { return m_sourceChannels; } ///< of pictures
    bool takesRows() const { return m_rows; }

    /// True when @p shape is the network's, as far as that is known.
    bool takes(const Shape &shape) const;
    /// Why a sample of that shape doesn't fit: "gives 3×30×28 …".
    std::string mismatch(const Shape &shape) const;

private:
    void buildTables(std::size_t channels);
    void writeValues(const std::uint8_t *pixels, std::span<float> values) const;

    std::vector<std::shared_ptr<Transform>> m_transforms;
    std::size_t m_fixed = 0;    ///< steps at the beginning that give a picture and aren't random
    std::size_t m_toTensor = 0; ///< the first step that gives numbers
    std::size_t m_tableEnd = 0; ///< behind the steps from m_toTensor on that the tables stand for
    std::vector<ByteTable> m_tables; ///< by channel
    std::string m_fixedText;
    Shape m_sampleShape;
    int m_sourceChannels = 3;
    bool m_rows = false; ///< the source gives a table's rows, not pictures
    bool m_usesRandom = false;
};

} // namespace netloom
