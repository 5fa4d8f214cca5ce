// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "train/trainer.h"

#include <filesystem>
#include <string>

namespace netloom {

/// Everything that a step's time depends on: network, batch, optimizer, machine.
std::string networkText(const NodeRegistry &registry, const TrainPlan &plan);

/// One line that answers a question, kept in the user's cache folder. The file holds the question too, so that no other gets its answer.
class Remembered {
public:
    Remembered(const std::string &kind, std::string question);

    /// "" where nobody has answered yet.
    std::string recall() const;
    /// Nothing is lost where it can't be written: the answer is found anew.
    void keep(const std::string &answer) const;

private:
    std::string m_question;
    std::filesystem::path m_file;
};

/// How fast a network learned on this machine last time.
class RememberedSpeed {
public:
    RememberedSpeed(const NodeRegistry &registry, const TrainPlan &plan);

    /// 0 where it never did.
    double samplesPerSecond() const;
    void keep(double samplesPerSecond) const;

private:
    Remembered m_memory;
};

} // namespace netloom
