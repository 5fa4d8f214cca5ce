// SPDX-License-Identifier: GPL-3.0-or-later
#include "command_line.h"
#include "train/process_settings.h"

int main(int argc, char **argv)
{
    netloom::keepFreedMemory();
    return netloom::cli::runCommandLine(argc, argv);
}
