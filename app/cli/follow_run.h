// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace netloom {
class TrainingRun;
}

namespace netloom::cli {

class TrainOutput;

/// Starts @p run and waits for its end; Ctrl-C stops it. Gives the exit code.
int follow(TrainingRun &run, TrainOutput &output);

} // namespace netloom::cli
