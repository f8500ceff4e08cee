"""The digits' search once more, by Optuna: a library for hyperparameters that is used at work."""

import os
from functools import partial

import numpy as np
import optuna

from course_utils import training
from course_utils.experiments import digit_tuning, pandas_vs_caviar
from course_utils.sampling_scales import Choice, Integer, Log, OneMinusLog
from course_utils.support import validation


def suggest(trial, name, scale):
    """Let a trial suggest a value on one of the lecture's scales.

    Optuna has no scale for a momentum: it suggests ``1 - beta`` on the log scale.

    Parameters
    ----------
    trial : optuna.Trial
    name : str
    scale : Linear, Log, OneMinusLog, Integer or Choice
        From `course_utils.sampling_scales`.

    Returns
    -------
    float, int or an option

    Examples
    --------
    >>> trial = optuna.trial.FixedTrial({"1 - beta": 0.01})
    >>> suggest(trial, "beta", OneMinusLog(0.5, 0.999))
    0.99
    """
    validation.offers(name, scale, "a scale, such as Log(0.001, 1)", "from_unit")
    if isinstance(scale, OneMinusLog):
        rest = trial.suggest_float(f"1 - {name}", 1 - scale.high, 1 - scale.low, log=True)
        return 1 - rest
    if isinstance(scale, Integer):
        return trial.suggest_int(name, scale.low, scale.high)
    if isinstance(scale, Choice):
        return trial.suggest_categorical(name, scale.options)
    return trial.suggest_float(name, scale.low, scale.high, log=isinstance(scale, Log))


def objective(trial, *, epochs=27, seed=0, space=None):
    """Train a suggested configuration, report its error after each epoch, stop if it is pruned.

    Parameters
    ----------
    trial : optuna.Trial
    epochs : int
        At most.
    seed : int
        With the trial's number it gives the random numbers.
    space : dict of str to scale, optional
        `pandas_vs_caviar.SPACE` if not given.

    Returns
    -------
    float
        The validation error after the last epoch.
    """
    epochs = validation.whole("epochs >= 1", epochs=epochs)
    space = pandas_vs_caviar.SPACE if space is None else space
    configuration = {name: suggest(trial, name, scale) for name, scale in space.items()}
    configuration |= {"optimizer": "momentum", "epochs": epochs}
    rng = np.random.default_rng([seed, trial.number])
    try:
        for epoch, (_, error) in enumerate(digit_tuning.epochs(configuration, rng), 1):
            trial.report(error, epoch)
            if trial.should_prune():
                raise optuna.TrialPruned
    except training.DivergenceError as failed:
        raise optuna.TrialPruned(str(failed)) from None
    return error


def spend(study, *, budget, epochs, seed):
    """Run a study until it has trained so many epochs.

    Parameters
    ----------
    study : optuna.Study
        A new one.
    budget : int
        Epochs in all; what the last trial trains beyond that is left out of the result.
    epochs, seed : int
        As for `objective`.

    Returns
    -------
    ndarray, shape (budget,)
        The least error so far after each epoch.
    """
    budget = validation.whole("budget >= 1", budget=budget)

    def stop(study, trial):
        if len(_reported(study)) >= budget:
            study.stop()

    study.optimize(partial(objective, epochs=epochs, seed=seed), callbacks=[stop])
    return pandas_vs_caviar.best_so_far(_reported(study)[:budget])


def _reported(study):
    trials = study.get_trials(deepcopy=False)
    return [error for trial in trials for error in trial.intermediate_values.values()]


def work(url, name, *, trials, epochs, seed):
    """Join a study that lies in a storage, and add trials to it: what each worker process runs.

    Parameters
    ----------
    url : str
        Of the storage, such as ``"sqlite:///study.db"``.
    name : str
        Of the study.
    trials, epochs : int
        How many to add, and the epochs of each.
    seed : int
        Of this worker's sampler; workers with the same seed would suggest the same.

    Returns
    -------
    int
        The number of this process.
    """
    trials = validation.whole("trials >= 1", trials=trials)
    seed = validation.whole("seed >= 0", seed=seed)
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    sampler = optuna.samplers.TPESampler(seed=seed)
    study = optuna.load_study(study_name=name, storage=url, sampler=sampler)
    study.optimize(partial(objective, epochs=epochs), n_trials=trials)
    return os.getpid()
