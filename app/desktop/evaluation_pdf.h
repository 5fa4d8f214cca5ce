// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/evaluation.h"

#include <QString>

namespace netloom {

/// Writes the evaluation as a PDF of A4 pages: scores, confusion matrix, classes, curves and the most confident mistakes with their
/// pictures, for each head. @p run: the run's name. Gives "" or why it can't be written. May run on any thread.
QString writeEvaluationPdf(const QString &path, const std::vector<Evaluation> &heads, const QString &run);

} // namespace netloom
