// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"
#include "data/label_sets.h"
#include "graph/node_spec.h"

#include <memory>
#include <string>
#include <vector>

namespace netloom {

/// A confusion matrix of more would fill the memory.
inline constexpr std::size_t kMaxClasses = 5000;

/// One picture file of a data set.
struct PictureItem {
    std::string file; ///< relative to the root of the data
    std::int32_t label = 0;    ///< as DataSource::label()
    Split split = Split::Train;
    LabelSet labels = {};      ///< where pictures may have several
};

/// The colour that shows through where pictures are see-through, and its value. backgroundMisfit() refuses what is no colour.
ParamDecl backgroundDecl();
Rgb backgroundOf(const Params &params); ///< white where a source has none
std::optional<Misfit> backgroundMisfit(const Params &params);

/// Deals out by the split rule what @p items, some of which may be given for validation or the test, leave open: with "auto" what isn't
/// given is taken from those to train on. The other rules deal what is for training and validation out anew; a given test stays unseen.
void dealOut(std::vector<PictureItem> &items, std::int64_t classCount, const Params &params);

/// A source over @p items below @p root, with their labels' classes in @p facts. excludeDecl()'s list is left out. Fills in the facts'
/// counts, the size where all headers looked at agree, and warnings of classes with few pictures.
std::shared_ptr<DataSource> pictureFilesSource(std::string root, std::vector<PictureItem> items, SourceFacts facts, const Params &params);

/// What sources of picture files give, what is wrong with their parameters, and how their sizes come about.
std::vector<PortDecl> pictureOutputs();
InferResult inferPictureFiles(const InferInput &input);
std::vector<std::string> explainPictures(const InferInput &input, const Inferred &inferred);

} // namespace netloom
