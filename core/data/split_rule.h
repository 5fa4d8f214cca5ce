// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_spec.h"
#include "graph/split.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace netloom {

/// How a source deals its samples out to training, validation and test, as parameters that every source shares: split ("auto": as the
/// data says, else stratified; "stratified", "random", "k-fold"), val_fraction, test_fraction, folds, fold, seed.
/// @p own says where the data itself tells: "a folder named val or test"; "" where it never does. Sources whose test part is given
/// leave @p testFraction out.
std::vector<ParamDecl> splitDecls(const std::string &own, double valFraction, std::optional<double> testFraction);

/// The split that a folder or a cell means: "train", "training", "val", "valid", "validation", "test", "testing", in any case.
std::optional<Split> splitNamed(std::string_view name);

/// The misfit of fractions that leave nothing to train on, and of a fold beyond the last.
std::optional<Misfit> splitMisfit(const Params &params);

/// Deals samples with the labels 0 … @p classCount - 1 out. "k-fold" cuts what isn't for the test into folds and takes fold number
/// `fold`, from 1, for validation. Each rule but "random" gives every class its share; see stratifiedSplit().
/// The same arguments give the same split on every platform.
std::vector<Split> dealSplits(const std::vector<std::int64_t> &labels, std::int64_t classCount, const Params &params);

} // namespace netloom
