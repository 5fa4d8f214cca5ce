// SPDX-License-Identifier: GPL-3.0-or-later
#include "follow_run.h"

#include "commands.h"
#include "interrupt.h"
#include "run/child_program.h"
#include "run/training_run.h"
#include "train_output.h"

namespace netloom::cli {

namespace {

constexpr std::chrono::milliseconds kSignalPause{50};

} // namespace

int follow(TrainingRun &run, TrainOutput &output)
{
    endWithParent();
    Interrupt interrupt;
    int signal = 0;
    run.start();
    while (run.running()) {
        const int number = interrupt.wait(kSignalPause);
        if (number != 0 && signal == 0) {
            signal = number;
            run.stop();
            output.sayStopping();
        }
    }
    if (output.failed())
        return kFailed;
    return signal != 0 ? 128 + signal : kDone;
}

} // namespace netloom::cli
