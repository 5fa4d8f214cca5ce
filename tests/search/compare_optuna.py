#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares TPE and ASHA with Optuna's and writes what comes out beside this file.

    python3 -m venv /tmp/optuna && /tmp/optuna/bin/pip install optuna
    /tmp/optuna/bin/python tests/search/compare_optuna.py BUILD/tests/search_figures tuned
    /tmp/optuna/bin/python tests/search/compare_optuna.py BUILD/tests/search_figures independent [FIRST_SEED [FUNCTION...]]

"tuned" are the functions that some constants were chosen with (optuna_figures.json); "independent" is the comparison of
independent_comparison.md (independent_figures.json). Optuna has its defaults, but for TPESampler(multivariate=False) as in Bergstra et al.
where TPE is compared with the paper's, and SuccessiveHalvingPruner(min_resource=1, reduction_factor=3). Both ladders get the same random points, so that no luck in drawing them
is compared.
"""
import json
import math
import pathlib
import statistics
import subprocess
import sys

import optuna

START, FULL, BUDGET = 3.0, 27, 600
SETS = {"tuned": ("optuna_figures.json", 0, 200, 200), "independent": ("independent_figures.json", 1000, 200, 200)}


def branin(x):
    bent = x[1] - 5.1 / (4 * math.pi ** 2) * x[0] ** 2 + 5 / math.pi * x[0] - 6
    return bent ** 2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x[0]) + 10


def hartmann6(x):
    alpha = (1.0, 1.2, 3.0, 3.2)
    a = ((10, 3, 17, 3.5, 1.7, 8), (0.05, 10, 17, 0.1, 8, 14), (3, 3.5, 1.7, 10, 17, 8), (17, 8, 0.05, 10, 0.1, 14))
    p = ((1312, 1696, 5569, 124, 8283, 5886), (2329, 4135, 8307, 3736, 1004, 9991), (2348, 1451, 3522, 2883, 3047, 6650),
         (4047, 8828, 8732, 5743, 1091, 381))
    return -sum(alpha[i] * math.exp(-sum(a[i][j] * (x[j] - 1e-4 * p[i][j]) ** 2 for j in range(6))) for i in range(4))


def rosenbrock(x):
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in range(len(x) - 1))


def ackley(x):
    squares, waves = sum(one * one for one in x), sum(math.cos(2 * math.pi * one) for one in x)
    return -20 * math.exp(-0.2 * math.sqrt(squares / len(x))) - math.exp(waves / len(x)) + 20 + math.e


def styblinski_tang(x):
    return sum(one ** 4 - 16 * one ** 2 + 5 * one for one in x) / 2


def func2c(point):
    x, y = 2 * point[2], 2 * point[3]
    parts = ((100 * (y - x * x) ** 2 + (x - 1) ** 2) / 300,
             ((4 - 2.1 * x * x + x ** 4 / 3) * x * x + x * y + (4 * y * y - 4) * y * y) / 10,
             ((1.5 - x + x * y) ** 2 + (2.25 - x + x * y * y) ** 2 + (2.625 - x + x * y ** 3) ** 2) / 50)
    return parts[int(point[0])] + parts[min(int(point[1]), 2)]


def network(point):
    rate, decay, width, depth, dropout, optimizer = point
    miss = math.log10(rate) - (-1, -3, -3, -3.5)[int(optimizer)]
    if miss > 1.5:
        return 0.9
    capacity = depth * math.log2(width)
    return min(0.9, 0.05 + 0.03 * miss * miss + 1 / capacity + 0.005 * max(0, capacity - 20) * (1 - dropout) + 0.1 * dropout ** 2
               + (0.02 if optimizer == 2 else 0.005) * (math.log10(decay) + 4) ** 2)


def real(low, high, log=False):
    return lambda trial, name: trial.suggest_float(name, low, high, log=log)


def whole(low, high, log=False):
    return lambda trial, name: trial.suggest_int(name, low, high, log=log)


def choice(count):
    return lambda trial, name: trial.suggest_categorical(name, list(range(count)))


# name: function, axes, scale, trials of TPE
FUNCTIONS = {
    "tuned": {
        "branin": (branin, [real(-5, 10), real(0, 15)], 30.0, 100),
        "hartmann6": (hartmann6, [real(0, 1)] * 6, 0.5, 100),
        "rosenbrock4": (rosenbrock, [real(-2, 2)] * 4, 200.0, 100),
    },
    "independent": {
        "ackley5": (ackley, [real(-5, 10)] * 5, 2.0, 50),
        "styblinski_tang4": (styblinski_tang, [real(-5, 5)] * 4, 60.0, 50),
        "func2c": (func2c, [choice(3), choice(5), real(-1, 1), real(-1, 1)], 3.0, 50),
        "network": (network, [real(1e-5, 1, True), real(1e-6, 0.1, True), whole(8, 256, True), whole(1, 6), real(0, 0.7), choice(4)], 0.3, 50),
    },
}


def point(trial, axes):
    return [axis(trial, f"x{index}") for index, axis in enumerate(axes)]


def least_found(task, sampler):
    function, axes, _, trials = task
    study = optuna.create_study(sampler=sampler)
    study.optimize(lambda trial: function(point(trial, axes)), n_trials=trials)
    return study.best_value


def least_trained(task, points, ends):
    function, axes, scale, _ = task
    pruner = optuna.pruners.SuccessiveHalvingPruner(min_resource=1, reduction_factor=3)
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0), pruner=pruner)
    least, spent = math.inf, 0
    while spent < BUDGET:
        number = len(study.trials)
        values = points[number]
        study.enqueue_trial({**{f"x{index}": value for index, value in enumerate(values[:-1])}, "speed": values[-1]})
        trial = study.ask()
        end = function(point(trial, axes))
        speed = trial.suggest_float("speed", 0, 1)
        assert math.isclose(end, ends[number], rel_tol=1e-8, abs_tol=1e-8), (values, end, ends[number])
        state = optuna.trial.TrialState.COMPLETE
        for epoch in range(1, FULL + 1):
            loss = end + START * scale * math.exp(-epoch * (0.05 + 0.45 * speed))
            spent += 1
            least = min(least, loss)
            trial.report(loss, epoch)
            if spent >= BUDGET or trial.should_prune():
                state = optuna.trial.TrialState.PRUNED
                break
        study.tell(trial, None if state == optuna.trial.TrialState.PRUNED else loss, state=state)
    return least


def mann_whitney(own, other):
    """The two-sided p: normal approximation, corrected for ties and continuity."""
    values = sorted([(value, 0) for value in own] + [(value, 1) for value in other])
    ranks, ties, start = 0.0, 0.0, 0
    while start < len(values):
        end = start
        while end < len(values) and values[end][0] == values[start][0]:
            end += 1
        ranks += (start + 1 + end) / 2 * sum(side == 0 for _, side in values[start:end])
        ties += (end - start) ** 3 - (end - start)
        start = end
    n, m = len(own), len(other)
    u, total = ranks - n * (n + 1) / 2, n + m
    variance = n * m / 12 * (total + 1 - ties / (total * (total - 1)))
    z = max(0.0, abs(u - n * m / 2) - 0.5) / math.sqrt(variance) if variance > 0 else 0.0
    return math.erfc(z / math.sqrt(2))


def verdict(own, optuna_values):
    p = mann_whitney(own, optuna_values)
    better = statistics.median(own) < statistics.median(optuna_values)
    return {"p": float(f"{p:.3g}"), "netloom": "tie" if p >= 0.05 else "better" if better else "worse"}


def compare(task, samplers, ladders):
    seeds = [one["seed"] for one in samplers]
    found = {
        "optuna_tpe": [least_found(task, optuna.samplers.TPESampler(seed=seed, multivariate=False)) for seed in seeds],
        "optuna_default": [least_found(task, optuna.samplers.TPESampler(seed=seed)) for seed in seeds],
        "netloom_tpe": [one["tpe"] for one in samplers],
        "netloom_tpe_multivariate": [one["tpe_multivariate"] for one in samplers],
        "netloom_random": [one["random"] for one in samplers],
        "optuna_asha": [least_trained(task, one["points"], one["ends"]) for one in ladders],
        "netloom_asha": [one["asha"] for one in ladders],
        "netloom_unpruned": [one["unpruned"] for one in ladders],
    }
    figures = {name: statistics.median(values) for name, values in found.items()}
    figures["tpe"] = verdict(found["netloom_tpe"], found["optuna_tpe"])
    figures["tpe_against_default"] = verdict(found["netloom_tpe"], found["optuna_default"])
    figures["tpe_multivariate"] = verdict(found["netloom_tpe_multivariate"], found["optuna_default"])
    figures["asha"] = verdict(found["netloom_asha"], found["optuna_asha"])
    return figures


def main():
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    program, chosen = sys.argv[1:3]
    name, first, tpe_seeds, asha_seeds = SETS[chosen]
    if len(sys.argv) > 3:
        first = int(sys.argv[3])
        name = name.replace(".json", f"_{first}.json")
    chosen_functions = sys.argv[4:] or list(FUNCTIONS[chosen])
    words = [program, chosen, str(first), str(tpe_seeds), str(asha_seeds)]
    own = [json.loads(line) for line in subprocess.run(words, check=True, capture_output=True, text=True).stdout.splitlines()]
    figures = {"optuna": optuna.__version__, "tpe": {"first_seed": first, "seeds": tpe_seeds}, "asha": {"first_seed": first, "seeds": asha_seeds}, "functions": {}}
    for function in chosen_functions:
        task = FUNCTIONS[chosen][function]
        ours = [one for one in own if one["function"] == function]
        figures["functions"][function] = compare(task, [one for one in ours if "tpe" in one], [one for one in ours if "asha" in one])
        print(function, json.dumps(figures["functions"][function], indent=1), flush=True)
    pathlib.Path(__file__).with_name(name).write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
