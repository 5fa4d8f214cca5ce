// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evaluation/shown_evaluation.h"
#include "run/evaluation.h"

#include <memory>

namespace netloom {

/// The evaluation as the view shows it, scored by @p threshold where it has one; it keeps @p evaluation as long as it is asked for names and values.
ShownEvaluation shownEvaluation(std::shared_ptr<const Evaluation> evaluation, double threshold = kUsualThreshold);

/// Its scores; of two classes with @p threshold the second is the answer from that probability on, of several labels each is.
ShownScores shownScores(const Evaluation &evaluation, std::optional<double> threshold = {});

} // namespace netloom
