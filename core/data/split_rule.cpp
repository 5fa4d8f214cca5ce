// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/split_rule.h"

#include "data/folder_scan.h"
#include "data/random.h"
#include "data/stratified_split.h"

#include <map>

namespace netloom {

namespace {

constexpr std::uint64_t kFolds = 0x666f6c64; ///< keeps the folds' order apart from the test part's

double testFraction(const Params &params)
{
    return params.has("test_fraction") ? params.real("test_fraction") : 0.0;
}

/// The samples of each class that are left for training go round the folds, one class after the other.
void takeFold(std::vector<Split> &splits, const std::vector<std::int64_t> &labels, std::int64_t classCount, const Params &params)
{
    const auto folds = static_cast<std::size_t>(params.integer("folds"));
    const auto fold = static_cast<std::size_t>(params.integer("fold") - 1);
    std::vector<std::vector<std::size_t>> members(static_cast<std::size_t>(classCount));
    for (std::size_t index = 0; index < labels.size(); ++index) {
        if (splits[index] == Split::Train)
            members[static_cast<std::size_t>(labels[index])].push_back(index);
    }
    std::size_t dealt = 0;
    for (std::size_t label = 0; label < members.size(); ++label) {
        std::mt19937_64 random(mixSeed({static_cast<std::uint64_t>(params.integer("seed")), label, kFolds}));
        shuffle(members[label], random);
        for (const std::size_t index : members[label]) {
            if (dealt++ % folds == fold)
                splits[index] = Split::Val;
        }
    }
}

} // namespace

std::vector<ParamDecl> splitDecls(const std::string &own, double valFraction, std::optional<double> fraction)
{
    const std::string automatic = own.empty() ? "auto and stratified give every class its share"
                                              : "auto takes " + own + " where there is one and else stratified, which gives every class its share";
    std::vector<ParamDecl> decls{
        ParamDecl::choice("split", "auto", {"auto", "stratified", "random", "k-fold"})
            .doc("How samples are dealt out: " + automatic + "; random heeds no classes; k-fold validates on one of several parts"),
        ParamDecl::real("val_fraction", valFraction).range(0.0, 0.9).doc("Share kept for validation; unused with k-fold, and where the data itself says"),
    };
    if (fraction)
        decls.push_back(ParamDecl::real("test_fraction", *fraction).range(0.0, 0.9).doc("Share kept for the final test; unused where the data itself says"));
    decls.push_back(ParamDecl::integer("folds", 5).range(2, 100).doc("k-fold only: in how many parts the samples are cut"));
    decls.push_back(ParamDecl::integer("fold", 1).range(1, 100).doc("k-fold only: which part is for validation"));
    decls.push_back(ParamDecl::integer("seed", 1).atLeast(0).doc("Another number deals the samples out differently"));
    return decls;
}

std::optional<Split> splitNamed(std::string_view name)
{
    static const std::map<std::string, Split> names{{"train", Split::Train}, {"training", Split::Train}, {"val", Split::Val},
        {"valid", Split::Val}, {"validation", Split::Val}, {"test", Split::Test}, {"testing", Split::Test}};
    const auto found = names.find(lowerCase(std::string(name)));
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Misfit> splitMisfit(const Params &params)
{
    const bool byFolds = params.text("split") == "k-fold";
    if (byFolds && params.integer("fold") > params.integer("folds"))
        return Misfit{"fold", "has no fold " + std::to_string(params.integer("fold")) + " among " + std::to_string(params.integer("folds")),
            "set fold to " + std::to_string(params.integer("folds")) + " or less", ""};
    if (!byFolds && params.real("val_fraction") + testFraction(params) >= 1.0)
        return Misfit{"fractions", "leaves nothing to learn from, for val_fraction and test_fraction add up to 1 or more",
            "make them smaller", ""};
    return std::nullopt;
}

std::vector<Split> dealSplits(const std::vector<std::int64_t> &labels, std::int64_t classCount, const Params &params)
{
    const auto seed = static_cast<std::uint64_t>(params.integer("seed"));
    const std::string &rule = params.text("split");
    const double val = rule == "k-fold" ? 0.0 : params.real("val_fraction");
    if (rule == "random")
        return stratifiedSplit(std::vector<std::int64_t>(labels.size(), 0), 1, val, testFraction(params), seed);
    std::vector<Split> splits = stratifiedSplit(labels, classCount, val, testFraction(params), seed);
    if (rule == "k-fold")
        takeFold(splits, labels, classCount, params);
    return splits;
}

} // namespace netloom
