// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace netloom {

class NodeRegistry;

struct CanvasBenchOptions {
    int frames = 240; ///< per figure of frame times; what takes longer is measured less often
};

/// Drives the program's window at 1920×1080 with a network of 1,000 nodes by mouse and wheel events, and prints how long frames, edits, undo
/// and opening take: one JSON object a line, as netloom-cli reads it. Gives the exit code. Wants a QApplication whose settings are not people's own.
int runCanvasBench(const NodeRegistry &registry, const CanvasBenchOptions &options);

} // namespace netloom
