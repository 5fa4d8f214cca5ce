// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"
#include "graph/source_facts.h"

#include <string>
#include <vector>

/// The same training as tests/parity/make_curves.py, as plain numbers.
namespace netloom::test {

struct ParityRun {
    std::vector<double> losses; ///< before every step
    std::string failure;
};

inline constexpr int kParitySteps = 200;
inline constexpr int kParityClasses = 4;

/// Trains @p graph, whose data are kParityClasses classes of 1×6×6 numbers, with 32 or 64 @p bits. With @p cutAfter everything is saved after so
/// many batches, built anew and loaded.
ParityRun runParity(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const Params &recipe, int bits = 32, int cutAfter = 0);

} // namespace netloom::test
