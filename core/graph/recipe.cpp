// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/recipe.h"

#include <algorithm>

namespace netloom {

const std::vector<ParamDecl> &recipeDecls()
{
    static const std::vector<ParamDecl> decls{
        ParamDecl::integer("epochs", 5).range(1, 10000).doc("How many times the network sees all training samples."),
        ParamDecl::integer("batch_size", 64).range(1, 65536).unit("samples").doc(
            "Samples per step. Small batches give noisy steps, large ones need more memory."),
        ParamDecl::choice("optimizer", "Adam", {"SGD", "Adam", "AdamW"}).doc(
            "The rule that turns gradients into steps. Adam adapts the step for every weight; SGD needs a well chosen lr."),
        ParamDecl::real("lr", 0.001).range(0, 1000).doc(
            "Learning rate: how large a step is. Too small learns slowly, too large never settles."),
        ParamDecl::real("momentum", 0.9).range(0, 1).doc("SGD only: how much of the last step goes on."),
        ParamDecl::real("weight_decay", 0).range(0, 1000).doc(
            "Pulls weights towards zero (L2), against overfitting. AdamW applies it apart from the gradient."),
        ParamDecl::path("start_from", false).doc(
            "Weights to start from, by the names of nodes: weights.safetensors of a run, or a state_dict saved as .pt or .safetensors. Empty: random ones."),
        ParamDecl::integer("seed", 1).range(0, 2147483647).doc(
            "Start of every random choice. The same seed and threads give the same losses."),
        ParamDecl::choice("device", "auto", {"auto", "cpu", "cuda"}).doc(
            "Where to compute: auto takes an NVIDIA GPU when there is one."),
        ParamDecl::integer("threads", 0).range(0, 1024).doc("Threads for computing; 0 takes what the trial finds fastest, or all physical cores without it."),
        ParamDecl::flag("trial", true).doc(
            "Tries for a moment, before training, which number of threads and which layout in memory is fastest for this network. The answer is kept."),
        ParamDecl::choice("sampler", "shuffle", {"shuffle", "balanced"}).doc(
            "shuffle takes every training sample once in an epoch; balanced takes every class equally often, samples of rare classes several times."),
        ParamDecl::flag("drop_last", false).doc("Leaves the last batch of an epoch out where it would be smaller than the others."),
        ParamDecl::real("checkpoint_minutes", 5).range(0, 1440).unit("min").doc(
            "Keeps a checkpoint that often, from which training goes on after a crash or a power cut; 0 keeps none by the clock."),
        ParamDecl::integer("checkpoint_epochs", 1).range(0, 10000).unit("epochs").doc(
            "Keeps a checkpoint after so many epochs; 0 keeps none by epochs."),
        ParamDecl::choice("class_weights", "none", {"none", "balanced"}).doc(
            "balanced makes mistakes with rare classes count more in the training loss: n/(k·n_c) for a class with n_c of n samples in k classes."),
    };
    return decls;
}

const ParamDecl *findRecipeDecl(std::string_view name)
{
    const auto &decls = recipeDecls();
    const auto found = std::ranges::find_if(decls, [&](const ParamDecl &decl) { return decl.name == name; });
    return found == decls.end() ? nullptr : &*found;
}

} // namespace netloom
