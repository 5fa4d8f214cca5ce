// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/issue.h"

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace netloom::cli {

/// One event of --json: one object on one line of standard output, flushed.
void printEvent(const nlohmann::ordered_json &event);

/// The number, or null where JSON has no word for it.
nlohmann::ordered_json jsonNumber(double number);

/// "error: ..." on standard error, or a "failed" event too with @p json; gives the exit code 1.
int reportFailure(const std::string &text, bool json = false);

/// "netloom-cli: ..." on standard error; gives the exit code 2.
int reportUsage(const std::string &text);

/// "warning: ..." lines. @p toErrors: to standard error, else to standard output.
void printIssues(const Issues &issues, bool toErrors);

/// "warning: ..." lines on standard error, the first of many.
void printSentences(const std::vector<std::string> &sentences);

std::string toString(Severity severity);

} // namespace netloom::cli
