// SPDX-License-Identifier: GPL-3.0-or-later
#include "command_line.h"

int main(int argc, char **argv)
{
    return netloom::cli::runCommandLine(argc, argv);
}
