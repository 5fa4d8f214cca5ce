// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/finished_run.h"

#include "run/chosen_threshold.h"
#include "run/run_json.h"
#include "run/run_writer.h"
#include "run/training_run.h"

#include <ctime>

namespace netloom {

namespace fs = std::filesystem;

fs::path makeRunFolder(const fs::path &base, const std::string &name)
{
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    char stamp[32];
    std::string stem(stamp, std::strftime(stamp, sizeof stamp, "%Y-%m-%d_%H%M%S", &local));
    std::size_t length = std::min<std::size_t>(name.size(), 80);
    while (length < name.size() && length > 0 && (static_cast<unsigned char>(name[length]) & 0xc0) == 0x80)
        --length; // never inside a character
    std::string safe;
    for (char letter : name.substr(0, length))
        safe += letter == '/' || static_cast<unsigned char>(letter) < 0x20 ? '_' : letter;
    if (!safe.empty())
        stem.append("_").append(safe);
    fs::path folder = base / stem;
    std::error_code error;
    fs::create_directories(base, error);
    for (int number = 2; !error && !fs::create_directory(folder, error); ++number) // made at once: another program may want it too
        folder = base / (stem + "_" + std::to_string(number));
    return folder;
}

Result<FinishedRun> FinishedRun::load(const NodeRegistry &registry, const fs::path &folder)
{
    const std::string where = std::string("'").append(folder.string()).append("'");
    std::error_code error;
    if (!fs::is_directory(folder, error))
        return Error{"There is no run folder " + where + ": give the folder that training wrote."};
    if (!fs::exists(folder / kFactsFile, error))
        return Error{where + " is no run: it has no run.json. Give the folder that training wrote."};
    if (!fs::exists(folder / kWeightsFile, error))
        return Error{"The run in " + where + " has no weights: its training did not come to an end. Train again."};

    Result<LoadedProject> project = loadProject(registry, folder / kProjectFile);
    if (!project)
        return project.error();
    const Result<std::string> factsText = readFile(folder / kFactsFile);
    if (!factsText)
        return factsText.error();
    Result<SourceFacts> facts = factsFromRunJson(*factsText);
    if (!facts)
        return Error{"Cannot use '" + (folder / kFactsFile).string() + "': " + facts.error().text + "."};
    try {
        Result<std::string> weights = readFile(folder / kWeightsFile);
        if (!weights)
            return weights.error();
        return FinishedRun{std::move(project->project), std::move(*facts), std::move(*weights), chosenThreshold(folder)};
    } catch (const std::bad_alloc &) {
        return Error{"The weights in " + where + " are larger than the memory: they are damaged."};
    }
}

} // namespace netloom
