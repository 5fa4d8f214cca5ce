// SPDX-License-Identifier: GPL-3.0-or-later
#include "losses/loss_rules.h"

namespace netloom {

std::vector<PortDecl> lossInputs()
{
    return {
        {.name = "input", .kind = PortKind::Tensor, .doc = "The network's output."},
        {.name = "target", .kind = PortKind::Target, .doc = "The right answers, from the data source."},
    };
}

std::vector<ParamDecl> headParams(std::vector<ParamDecl> own)
{
    own.push_back(ParamDecl::real("loss_weight", 1).range(0, 1e6).doc("In a network with several losses: how much this one counts in their sum."));
    own.push_back(ParamDecl::flag("main_head", false).doc("In a network with several losses: predictions come from here. Otherwise the deepest gives them."));
    return own;
}

InferResult inferClassLoss(const InferInput &input)
{
    if (auto misfit = needsClasses(input))
        return *misfit;
    if (auto misfit = needsOneClassEach(input))
        return *misfit;
    if (auto misfit = needsScores(input))
        return *misfit;
    if (auto misfit = needsScorePerClass(input))
        return *misfit;
    return Inferred{};
}

std::optional<Misfit> needsScores(const InferInput &input)
{
    const Shape &in = input.in.at(0);
    if (in.rank() != 2)
        return Misfit{"not-scores", "needs one row of scores for each sample but gets " + in.toString(),
            in.rank() > 2 ? "add Flatten and a Linear before it" : "add a Linear before it"};
    if (in[1] == Shape::kUnknown)
        return Misfit{"unknown-size", "needs to know the number of scores but gets " + in.toString(),
            input.facts.known ? "add a Linear before it" : "choose the data"};
    return std::nullopt;
}

std::optional<Misfit> needsScorePerClass(const InferInput &input)
{
    const Shape &in = input.in.at(0);
    if (!input.facts.known || in[1] == input.facts.classCount())
        return std::nullopt;
    return Misfit{"class-count", "gets " + in.toString() + " but the data has " + std::to_string(input.facts.classCount())
            + (input.facts.classCount() == 1 ? " class" : " classes"), "set out_features of the last Linear to \"classes\""};
}

std::optional<Misfit> needsClasses(const InferInput &input)
{
    if (!input.facts.learnsNumber)
        return std::nullopt;
    const std::string number = input.facts.targetName.empty() ? std::string() : ", '" + input.facts.targetName + "'";
    return Misfit{"learns-number", "tells classes apart but the data gives a number to learn" + number, "use MSELoss"};
}

std::optional<Misfit> needsOneClassEach(const InferInput &input)
{
    if (!input.facts.severalLabels)
        return std::nullopt;
    return Misfit{"several-labels", "learns one class for each sample but the data gives several labels", "use BCEWithLogitsLoss, which asks of each label by itself", ""};
}

std::optional<Misfit> needsTwoClasses(const InferInput &input)
{
    if (!input.facts.known || input.facts.classCount() == 2)
        return std::nullopt;
    return Misfit{"not-binary", "tells two classes apart but the data has " + std::to_string(input.facts.classCount()),
        "use CrossEntropyLoss, with out_features of the last Linear set to \"classes\""};
}

} // namespace netloom
