// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/saved_block.h"

#include "graph/structure.h"
#include "project/json_text.h"
#include "project/project.h"
#include "project/project_format.h"

#include <algorithm>

namespace netloom {

namespace fs = std::filesystem;

namespace {

/// One line of at most kMaxBlockDoc bytes, cut between letters.
std::string oneLine(std::string text)
{
    std::ranges::replace_if(text, [](unsigned char letter) { return letter < 0x20; }, ' ');
    if (text.size() > kMaxBlockDoc) {
        std::size_t end = kMaxBlockDoc;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
            --end;
        text.resize(end);
    }
    return text;
}

/// Takes the doc out of the members that a project doesn't know.
void takeDoc(const std::string &members, SavedBlock &block)
{
    Json extra = objectFromText(members);
    extra.erase(kRecipeMember);
    if (const auto about = extra.find(kBlockMember); about != extra.end() && about->is_object()) {
        if (const auto doc = about->find(kDocMember); doc != about->end() && doc->is_string()) {
            block.doc = oneLine(doc->get<std::string>());
            about->erase(kDocMember);
        }
        if (about->empty())
            extra.erase(kBlockMember);
    }
    if (!extra.empty())
        block.extra = inlineJson(extra);
}

} // namespace

const Node &blockNode(const SavedBlock &block)
{
    return *block.graph.find(block.graph.childrenOf({}).front());
}

Result<Done> saveBlock(const SavedBlock &block, const NodeRegistry &registry, const fs::path &file)
{
    std::error_code error;
    fs::create_directories(file.parent_path(), error); // where it fails, writing says why
    return writeFileAtomically(file, blockToJson(block, registry));
}

Result<LoadedBlock> loadBlock(const NodeRegistry &registry, const fs::path &file)
{
    Result<LoadedProject> project = loadProject(registry, file);
    if (!project)
        return project.error();
    LoadedBlock loaded;
    loaded.notes = std::move(project->notes);
    loaded.block.graph = std::move(project->project.graph);
    const auto top = loaded.block.graph.childrenOf({});
    if (top.size() != 1 || loaded.block.graph.find(top.front())->type != kBlockType)
        return Error{"Cannot open '" + file.string() + "' as a block: a block's file holds one Block, this one has "
            + (top.size() == 1 ? nodeTitle(*loaded.block.graph.find(top.front())) : std::to_string(top.size()) + " nodes side by side") + "."};
    loaded.block.graph.setPosition(top.front(), {});
    loaded.block.graph.setBypassed(top.front(), false);
    loaded.block.graph.setExposed(top.front(), {}); // nothing is around it
    takeDoc(project->project.extra, loaded.block);
    return loaded;
}

std::vector<fs::path> blockFiles(const fs::path &folder)
{
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        const fs::path &path = entry->path();
        if (path.extension() == kBlockFileEnding && !path.filename().string().starts_with('.'))
            found.push_back(path);
    }
    std::ranges::sort(found);
    return found;
}

} // namespace netloom
