// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_spec.h"

#include <optional>

namespace netloom {

/// The ports of a loss: the network's output and the labels.
std::vector<PortDecl> lossInputs();

/// The parameters of every loss, for networks with several, and @p own ones before them.
std::vector<ParamDecl> headParams(std::vector<ParamDecl> own = {});

/// What a loss needs that chooses one of several classes: a score for each.
InferResult inferClassLoss(const InferInput &input);

/// The misfit of an output that isn't N×K with a known K; nothing where it is.
std::optional<Misfit> needsScores(const InferInput &input);
/// The misfit of an output that doesn't have one score for each class of the data; nothing while the data isn't known.
std::optional<Misfit> needsScorePerClass(const InferInput &input);
/// The misfit of data that gives a number to learn, for losses that tell classes apart.
std::optional<Misfit> needsClasses(const InferInput &input);
/// The misfit of samples that may have several labels, for losses that choose one class.
std::optional<Misfit> needsOneClassEach(const InferInput &input);
/// The misfit of data with other than two classes; nothing while the data isn't known.
std::optional<Misfit> needsTwoClasses(const InferInput &input);

} // namespace netloom
