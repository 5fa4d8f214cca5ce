// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/remembered.h"

#include "graph/cache_folder.h"
#include "graph/flatten.h"
#include "graph/fnv.h"
#include "train/device.h"

#include <torch/version.h>

#include <fstream>
#include <sstream>
#include <unistd.h>

namespace netloom {

namespace {

constexpr const char *kFormat = "2";

/// The processor's name, so that a home folder on several machines remembers each.
std::string machineText()
{
    std::ifstream file("/proc/cpuinfo");
    std::string model = "processor";
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("model name")) {
            model = line.substr(line.find(':') + 1);
            break;
        }
    }
    return model + " x" + std::to_string(physicalCores()) + ", LibTorch " TORCH_VERSION;
}

/// For a file; the file itself holds the whole text.
std::string nameOf(const std::string &text)
{
    std::ostringstream name;
    name << std::hex << fnv1a(text);
    return name.str();
}

} // namespace

std::string networkText(const NodeRegistry &registry, const TrainPlan &plan)
{
    const FlatGraph flat = flatten(plan.graph, registry);
    std::ostringstream text;
    text << kFormat << '\n' << machineText() << '\n' << plan.recipe.text("optimizer") << ' ' << plan.recipe.integer("batch_size") << '\n'
         << (plan.recipe.text("precision") == "float32" ? "" : plan.recipe.text("precision") + '\n') << plan.facts.channels << 'x' << plan.facts.height << 'x' << plan.facts.width << ' ' << plan.facts.classCount() << '\n';
    for (const auto &[id, node] : flat.graph.nodes()) {
        const NodeSpec *spec = registry.find(node.type);
        text << id.value << ' ' << node.type;
        for (const auto &[name, value] : node.params.values()) {
            const ParamDecl *decl = spec ? spec->findParam(name) : nullptr;
            if (decl && decl->type != ParamType::Path)
                text << ' ' << name << '=' << formatParam(value);
        }
        text << '\n';
    }
    for (const Link &link : flat.graph.links())
        text << link.from.node.value << '.' << link.from.port << ">" << link.to.node.value << '.' << link.to.port << '\n';
    return text.str();
}

Remembered::Remembered(const std::string &kind, std::string question) : m_question(std::move(question))
{
    const std::filesystem::path folder = cacheFolder(kind);
    if (!folder.empty())
        m_file = folder / nameOf(m_question);
}

std::string Remembered::recall() const
{
    std::ifstream file(m_file);
    std::string answer;
    std::getline(file, answer);
    const std::string rest(std::istreambuf_iterator<char>(file), {});
    return rest == m_question ? answer : std::string();
}

void Remembered::keep(const std::string &answer) const
{
    if (m_file.empty())
        return;
    std::filesystem::path draft = m_file;
    draft += "." + std::to_string(::getpid());
    std::ofstream(draft) << answer << '\n' << m_question;
    std::error_code ignored;
    std::filesystem::rename(draft, m_file, ignored);
}

RememberedSpeed::RememberedSpeed(const NodeRegistry &registry, const TrainPlan &plan)
    : m_memory("speeds", networkText(registry, plan) + plan.recipe.text("device"))
{
}

double RememberedSpeed::samplesPerSecond() const
{
    std::istringstream text(m_memory.recall());
    double speed = 0;
    return text >> speed && speed > 0 ? speed : 0;
}

void RememberedSpeed::keep(double samplesPerSecond) const
{
    m_memory.keep(std::to_string(samplesPerSecond));
}

} // namespace netloom
