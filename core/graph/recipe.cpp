// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/recipe.h"

#include <algorithm>

namespace netloom {

namespace {

using Decls = std::vector<ParamDecl>;

Decls trainingDecls()
{
    return {
        ParamDecl::integer("epochs", 5).range(1, 10000).doc("How many times the network sees all training samples."),
        ParamDecl::integer("batch_size", 64).range(1, 65536).unit("samples").doc(
            "Samples per step. Small batches give noisy steps, large ones need more memory."),
        ParamDecl::integer("accumulation_steps", 1).range(1, 4096).unit("batches").onlyWith("optimizer", {"SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Lion"}).doc(
            "Gradients of so many batches are averaged before a step: as if batch_size were that much larger, without its memory."),
        ParamDecl::choice("sampler", "shuffle", {"shuffle", "balanced"}).doc(
            "shuffle takes every training sample once in an epoch; balanced takes every class equally often, samples of rare classes several times."),
        ParamDecl::flag("drop_last", false).doc("Leaves the last batch of an epoch out where it would be smaller than the others."),
        ParamDecl::real("checkpoint_minutes", 5).range(0, 1440).unit("min").doc(
            "Keeps a checkpoint that often, from which training goes on after a crash or a power cut; 0 keeps none by the clock."),
        ParamDecl::integer("checkpoint_epochs", 1).range(0, 10000).unit("epochs").doc(
            "Keeps a checkpoint after so many epochs; 0 keeps none by epochs."),
        ParamDecl::choice("class_weights", "none", {"none", "balanced"}).doc(
            "balanced makes mistakes with rare classes count more in the training loss: n/(k·n_c) for a class with n_c of n samples in k classes."),
        ParamDecl::path("start_from", false).doc(
            "Weights to start from, by the names of nodes: weights.safetensors of a run, or a state_dict saved as .pt or .safetensors. Empty: random ones."),
        ParamDecl::integer("seed", 1).range(0, 2147483647).doc(
            "Start of every random choice. The same seed and threads give the same losses."),
    };
}

Decls optimizerDecls()
{
    return {
        ParamDecl::choice("optimizer", "Adam", {"SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "LBFGS", "Lion"}).doc(
            "The rule that turns gradients into steps. Adam adapts the step for every weight; SGD needs a well chosen lr; LBFGS is for small networks and "
            "one large batch; Lion takes the sign alone, with a lr 3 to 10 times smaller than AdamW's."),
        ParamDecl::real("lr", 0.001).range(0, 1000).doc(
            "Learning rate: how large a step is. Too small learns slowly, too large never settles. LBFGS usually takes 1."),
        ParamDecl::real("momentum", 0.9).range(0, 1).onlyWith("optimizer", {"SGD"}).doc("SGD only: how much of the last step goes on."),
        ParamDecl::flag("nesterov", false).onlyWith("optimizer", {"SGD"}).doc(
            "Takes the gradient's step from where the momentum will lead, which overshoots less; needs momentum above 0."),
        ParamDecl::realsOr("betas", std::string("usual"), {"usual"}).range(0, 0.9999999).onlyWith("optimizer", {"Adam", "AdamW", "Lion"}).doc(
            "How slowly the mean of the gradients and that of their squares forget: usual is 0.9, 0.999, and 0.9, 0.99 with Lion."),
        ParamDecl::real("alpha", 0.99).range(0, 1).onlyWith("optimizer", {"RMSprop"}).doc("How slowly the mean of the squared gradients forgets."),
        ParamDecl::integer("max_iter", 20).range(1, 1000).onlyWith("optimizer", {"LBFGS"}).doc(
            "Steps that LBFGS takes on each batch, with a forward and a backward pass for each."),
        ParamDecl::choice("line_search", "none", {"none", "strong_wolfe"}).onlyWith("optimizer", {"LBFGS"}).doc(
            "strong_wolfe looks for a good length of every step, with more passes; none always goes lr."),
        ParamDecl::real("weight_decay", 0).range(0, 1000).onlyWith("optimizer", {"SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Lion"}).doc(
            "Pulls weights towards zero (L2), against overfitting. AdamW and Lion apply it apart from the gradient."),
    };
}

Decls scheduleDecls()
{
    const std::vector<std::string> warmed{"constant", "StepLR", "MultiStepLR", "ExponentialLR", "CosineAnnealingLR", "ReduceLROnPlateau"};
    return {
        ParamDecl::choice("schedule", "constant",
            {"constant", "StepLR", "MultiStepLR", "ExponentialLR", "CosineAnnealingLR", "OneCycleLR", "ReduceLROnPlateau"}).doc(
            "How lr changes while training. CosineAnnealingLR falls smoothly to eta_min; OneCycleLR rises, then falls, and trains fast; "
            "ReduceLROnPlateau falls when the validation loss stops falling."),
        ParamDecl::real("warmup_epochs", 0).range(0, 10000).unit("epochs").onlyWith("schedule", warmed).doc(
            "lr grows from near 0 to its full size for so long, step by step; then the schedule begins. Parts of an epoch are allowed."),
        ParamDecl::integer("step_size", 2).range(1, 10000).unit("epochs").onlyWith("schedule", {"StepLR"}).doc("lr is multiplied by gamma every so many epochs."),
        ParamDecl::reals("milestones", {3, 4}).range(1, 10000).onlyWith("schedule", {"MultiStepLR"}).doc("After these epochs lr is multiplied by gamma."),
        ParamDecl::real("gamma", 0.1).range(0, 1).onlyWith("schedule", {"StepLR", "MultiStepLR"}).doc("What lr is multiplied by at every step down."),
        ParamDecl::real("epoch_gamma", 0.9).range(0, 1).onlyWith("schedule", {"ExponentialLR"}).doc("What lr is multiplied by after every epoch (PyTorch's gamma)."),
        ParamDecl::real("eta_min", 0).range(0, 1000).onlyWith("schedule", {"CosineAnnealingLR"}).doc("The lr at the end of a cosine."),
        ParamDecl::integer("T_0", 0).range(0, 10000).unit("epochs").onlyWith("schedule", {"CosineAnnealingLR"}).doc(
            "Epochs until lr jumps back up, a warm restart; 0 for one cosine over all epochs."),
        ParamDecl::integer("T_mult", 1).range(1, 100).onlyWith("schedule", {"CosineAnnealingLR"}).doc("How much longer every cycle is than the one before; counts only with T_0."),
        ParamDecl::real("pct_start", 0.3).range(0, 1).onlyWith("schedule", {"OneCycleLR"}).doc("The share of all steps in which lr rises."),
        ParamDecl::real("div_factor", 25).range(1, 1e9).onlyWith("schedule", {"OneCycleLR"}).doc("lr begins at lr / div_factor."),
        ParamDecl::real("final_div_factor", 10000).range(1, 1e12).onlyWith("schedule", {"OneCycleLR"}).doc("lr ends at its beginning / final_div_factor."),
        ParamDecl::real("factor", 0.1).range(0, 0.999999).onlyWith("schedule", {"ReduceLROnPlateau"}).doc("What lr is multiplied by when the loss stops falling."),
        ParamDecl::integer("lr_patience", 3).range(0, 10000).unit("epochs").onlyWith("schedule", {"ReduceLROnPlateau"}).doc(
            "So many epochs without a lower validation loss (training loss where there is none) are waited for (PyTorch's patience)."),
        ParamDecl::real("threshold", 0.0001).range(0, 1).onlyWith("schedule", {"ReduceLROnPlateau"}).doc("A loss counts as lower when it is lower by this share."),
        ParamDecl::real("min_lr", 0).range(0, 1000).onlyWith("schedule", {"ReduceLROnPlateau"}).doc("lr doesn't fall below this."),
    };
}

Decls regularizationDecls()
{
    return {
        ParamDecl::choice("penalty", "none", {"none", "L1", "L2", "ElasticNet"}).doc(
            "Added to the loss for large weights (not for biases): L1 makes many exactly useless ones small, L2 makes all smaller, ElasticNet is a mix."),
        ParamDecl::real("penalty_strength", 0.0001).range(0, 1000).onlyWith("penalty", {"L1", "L2", "ElasticNet"}).doc(
            "λ, what the penalty counts: λ·Σ|w| for L1, λ/2·Σw² for L2."),
        ParamDecl::real("l1_ratio", 0.5).range(0, 1).onlyWith("penalty", {"ElasticNet"}).doc("The share of L1 in the mix; the rest is L2."),
        ParamDecl::real("max_norm", 0).range(0, 1e6).doc("The weights that lead into one unit are scaled down to this length after every step; 0 leaves them. 3 is usual."),
        ParamDecl::choice("clip", "none", {"none", "norm", "value"}).doc(
            "Keeps gradients from exploding: norm scales all of them together, value cuts each."),
        ParamDecl::real("clip_at", 1).range(0, 1e9).onlyWith("clip", {"norm", "value"}).doc("The longest gradient that is left as it is (norm), or the largest number in it (value)."),
        ParamDecl::flag("early_stopping", false).doc("Ends training when it stops getting better, to save time and against overfitting."),
        ParamDecl::choice("monitor", "val_loss", {"val_loss", "val_score", "train_loss"}).onlyWith("early_stopping", {"true"}).doc(
            "What must get better: the score is the accuracy, or R² where a number is learned. Without validation samples the training's."),
        ParamDecl::integer("patience", 5).range(0, 10000).unit("epochs").onlyWith("early_stopping", {"true"}).doc("So many epochs without an improvement are waited for."),
        ParamDecl::real("min_delta", 0).range(0, 1e6).onlyWith("early_stopping", {"true"}).doc("Only a change of more than this counts as better."),
        ParamDecl::flag("restore_best", true).onlyWith("early_stopping", {"true"}).doc("Keeps the weights of the best epoch; otherwise those of the last."),
        ParamDecl::choice("averaging", "none", {"none", "EMA", "SWA"}).doc(
            "Validates and keeps an average of the weights, which is steadier than the last step: EMA forgets slowly, SWA averages the last epochs evenly and "
            "lets batch norms measure the training data anew, which takes one more pass over them each time."),
        ParamDecl::real("ema_decay", 0.999).range(0, 0.9999999).onlyWith("averaging", {"EMA"}).doc(
            "How much of the average stays at every step. It starts lower: (1 + t)/(10 + t) at step t."),
        ParamDecl::real("swa_start", 0.75).range(0, 1).onlyWith("averaging", {"SWA"}).doc("The share of all epochs after which averaging begins, once an epoch."),
    };
}

Decls machineDecls()
{
    return {
        ParamDecl::choice("device", "auto", {"auto", "cpu", "cuda"}).doc("Where to compute: auto takes an NVIDIA GPU when there is one."),
        ParamDecl::choice("precision", "float32", {"float32", "mixed"}).doc(
            "mixed multiplies matrices with 16 bits, which is faster and takes less memory on a GPU, and on a CPU that has bfloat16."),
        ParamDecl::integer("threads", 0).range(0, 1024).doc("Threads for computing; 0 takes what the trial finds fastest, or all physical cores without it."),
        ParamDecl::flag("trial", true).doc(
            "Tries for a moment, before training, which number of threads and which layout in memory is fastest for this network. The answer is kept."),
    };
}

void add(Decls &all, const char *group, Decls decls)
{
    for (ParamDecl &decl : decls)
        all.push_back(std::move(decl).under(group));
}

} // namespace

const std::vector<ParamDecl> &recipeDecls()
{
    static const std::vector<ParamDecl> decls = [] {
        Decls all;
        add(all, "Training", trainingDecls());
        add(all, "Optimizer", optimizerDecls());
        add(all, "Schedule", scheduleDecls());
        add(all, "Regularization", regularizationDecls());
        add(all, "Precision and machine", machineDecls());
        return all;
    }();
    return decls;
}

const ParamDecl *findRecipeDecl(std::string_view name)
{
    const auto &decls = recipeDecls();
    const auto found = std::ranges::find_if(decls, [&](const ParamDecl &decl) { return decl.name == name; });
    return found == decls.end() ? nullptr : &*found;
}

} // namespace netloom
