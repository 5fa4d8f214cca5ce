// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/learning.h"

#include <algorithm>

namespace netloom {

const std::vector<ParamDecl> &learningDecls()
{
    static const std::vector<ParamDecl> decls{
        ParamDecl::flag(kFrozenSetting, false).doc("Keeps its weights as they are while the others learn, for example those of a network trained before."),
        ParamDecl::real(kLrScaleSetting, 1).range(0, kMostLrScale).doc("Learns with this times the learning rate of the others: 0.1 for weights that are good already."),
    };
    return decls;
}

const ParamDecl *findLearningDecl(std::string_view name)
{
    const auto found = std::ranges::find(learningDecls(), name, &ParamDecl::name);
    return found == learningDecls().end() ? nullptr : &*found;
}

Params learningOf(const Node &node)
{
    Params params;
    params.set(kFrozenSetting, node.frozen);
    params.set(kLrScaleSetting, node.lrScale);
    return params;
}

Node withLearning(Node node, const std::string &name, const ParamValue &value)
{
    if (name == kFrozenSetting)
        node.frozen = std::get<bool>(value);
    else if (name == kLrScaleSetting)
        node.lrScale = std::get<double>(value);
    return node;
}

} // namespace netloom
