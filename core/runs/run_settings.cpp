// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_settings.h"

#include "graph/graph_diff.h"
#include "graph/structure.h"

#include <algorithm>

namespace netloom {

namespace {

/// Rows in the order in which their names came up first.
class Rows {
public:
    explicit Rows(std::size_t runs) : m_runs(runs) {}

    void set(std::size_t run, const std::string &name, std::string value, bool isRecipe = false)
    {
        const auto [place, isNew] = m_places.try_emplace(name, m_rows.size());
        if (isNew)
            m_rows.push_back({name, std::vector<std::optional<std::string>>(m_runs), isRecipe});
        m_rows[place->second].values[run] = std::move(value);
    }
    std::vector<SettingRow> take() { return std::move(m_rows); }

private:
    std::size_t m_runs;
    std::vector<SettingRow> m_rows;
    std::map<std::string, std::size_t> m_places;
};

void addRecipe(Rows &rows, std::size_t run, const Project &project)
{
    for (const ParamDecl &decl : recipeDecls()) {
        const bool known = project.recipe.has(decl.name);
        rows.set(run, decl.name, formatParam(known ? project.recipe.at(decl.name) : decl.fallback), true);
    }
}

void addNodes(Rows &rows, std::size_t run, const Graph &graph, const Graph &first, const std::map<NodeId, NodeId> &pairs)
{
    for (const Node *node : listedNodes(graph)) {
        const auto pair = pairs.find(node->id);
        const Node *same = pair == pairs.end() ? nullptr : first.find(pair->second);
        const std::string path = same ? pathOf(first, *same) : pathOf(graph, *node);
        rows.set(run, path, listedType(*node));
        for (const auto &[name, value] : node->params.values())
            rows.set(run, path + '.' + name, formatParam(value));
    }
}

} // namespace

bool SettingRow::differs() const
{
    return std::ranges::any_of(values, [this](const auto &value) { return value != values.front(); });
}

std::vector<SettingRow> compareSettings(const NodeRegistry &registry, const std::vector<Project> &projects)
{
    Rows rows(projects.size());
    Rows wires(projects.size());
    for (std::size_t run = 0; run < projects.size(); ++run)
        addRecipe(rows, run, projects[run]);
    for (std::size_t run = 0; run < projects.size(); ++run) {
        const Graph &first = projects.front().graph, &graph = projects[run].graph;
        addNodes(rows, run, graph, first, diffGraphs(registry, first, graph).pairs);
        for (const Link &link : graph.links())
            wires.set(run, linkText(graph, registry, link), "wire");
    }
    std::vector<SettingRow> all = rows.take();
    std::ranges::copy_if(wires.take(), std::back_inserter(all), &SettingRow::differs);
    return all;
}

} // namespace netloom
