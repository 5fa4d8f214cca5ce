// SPDX-License-Identifier: GPL-3.0-or-later
#include "console.h"

#include "commands.h"
#include "text_table.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>

namespace netloom::cli {

using Json = nlohmann::ordered_json;

void printEvent(const Json &event)
{
    std::cout << event.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n' << std::flush;
}

Json jsonNumber(double number)
{
    return std::isfinite(number) ? Json(number) : Json();
}

int reportFailure(const std::string &text, bool json)
{
    if (json)
        printEvent({{"event", "failed"}, {"message", text}});
    std::cerr << "error: " << printable(text) << '\n';
    return kFailed;
}

int reportUsage(const std::string &text)
{
    std::cerr << "netloom-cli: " << printable(text) << "\nRun with --help for more information.\n";
    return kUsage;
}

std::string toString(Severity severity)
{
    return severity == Severity::Error ? "error" : severity == Severity::Warning ? "warning" : "hint";
}

void printIssues(const Issues &issues, bool toErrors)
{
    std::ostream &out = toErrors ? std::cerr : std::cout;
    for (const Issue &issue : issues)
        out << toString(issue.severity) << ": " << printable(issue.text) << '\n';
}

void printSentences(const std::vector<std::string> &sentences)
{
    constexpr std::size_t kMost = 20;
    for (std::size_t index = 0; index < std::min(sentences.size(), kMost); ++index)
        std::cerr << "warning: " << printable(sentences[index]) << '\n';
    if (sentences.size() > kMost)
        std::cerr << "warning: ... and " << sentences.size() - kMost << " more like these.\n";
}

} // namespace netloom::cli
