#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares TPE and ASHA with Optuna's on three standard functions, and writes optuna_figures.json.

    python3 -m venv /tmp/optuna && /tmp/optuna/bin/pip install optuna
    /tmp/optuna/bin/python tests/search/compare_optuna.py BUILD/tests/search_figures

The functions, the simulated training and the budgets are those of standard_functions.h. Optuna has its defaults, but for
TPESampler(multivariate=False) as in Bergstra et al., and SuccessiveHalvingPruner(min_resource=1, reduction_factor=3). Both ladders get the
same random points, so that no luck in drawing them is compared.
"""
import json
import math
import pathlib
import statistics
import subprocess
import sys

import optuna

TRIALS, START, FULL, BUDGET = 100, 3.0, 27, 600
TPE_SEEDS, ASHA_SEEDS = 50, 200


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


FUNCTIONS = {
    "branin": (branin, [(-5, 10), (0, 15)], 30.0),
    "hartmann6": (hartmann6, [(0, 1)] * 6, 0.5),
    "rosenbrock4": (rosenbrock, [(-2, 2)] * 4, 200.0),
}


def point(trial, ranges):
    return [trial.suggest_float(f"x{index}", low, high) for index, (low, high) in enumerate(ranges)]


def tpe(name, seed):
    function, ranges, _ = FUNCTIONS[name]
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed, multivariate=False))
    study.optimize(lambda trial: function(point(trial, ranges)), n_trials=TRIALS)
    return study.best_value


def asha(name, points):
    function, ranges, scale = FUNCTIONS[name]
    pruner = optuna.pruners.SuccessiveHalvingPruner(min_resource=1, reduction_factor=3)
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0), pruner=pruner)
    least, spent = math.inf, 0
    while spent < BUDGET:
        values = points[len(study.trials)]
        study.enqueue_trial({**{f"x{index}": value for index, value in enumerate(values[:-1])}, "speed": values[-1]})
        trial = study.ask()
        end = function(point(trial, ranges))
        speed = trial.suggest_float("speed", 0, 1)
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


def main():
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    lines = subprocess.run([sys.argv[1], str(TPE_SEEDS), str(ASHA_SEEDS)], check=True, capture_output=True, text=True).stdout.splitlines()
    own = [json.loads(line) for line in lines]
    figures = {"optuna": optuna.__version__, "tpe_seeds": TPE_SEEDS, "asha_seeds": ASHA_SEEDS, "functions": {}}
    for name in FUNCTIONS:
        samplers = [one for one in own if one["function"] == name and "tpe" in one]
        ladders = [one for one in own if one["function"] == name and "asha" in one]
        figures["functions"][name] = {
            "optuna_tpe": statistics.median(tpe(name, seed) for seed in range(TPE_SEEDS)),
            "netloom_tpe": statistics.median(one["tpe"] for one in samplers),
            "netloom_random": statistics.median(one["random"] for one in samplers),
            "optuna_asha": statistics.median(asha(name, one["points"]) for one in ladders),
            "netloom_asha": statistics.median(one["asha"] for one in ladders),
            "netloom_unpruned": statistics.median(one["unpruned"] for one in ladders),
        }
        print(name, json.dumps(figures["functions"][name], indent=1), flush=True)
    file = pathlib.Path(__file__).with_name("optuna_figures.json")
    file.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
