"""What Airflow must know of trials, each as an entry of 'stackel sweep status --json'."""

from __future__ import annotations

from airflow.exceptions import AirflowException
from airflow.sdk.exceptions import AirflowFailException

#: States of a trial that nothing but a person changes.
BAD_ENDS = ("diverged", "failed", "damaged")


def is_final(trial):
    """Whether running the trial again would change nothing."""
    return trial["state"] == "complete" or trial["state"] in BAD_ENDS


def progress(trials):
    """How far each trial is: state and step by name."""
    return {trial["name"]: [trial["state"], (trial.get("run") or {}).get("step")] for trial in trials}


def summary(trials):
    """Name, state and objective of each trial, for XCom; the objective is None where none is known."""
    return [
        {"name": trial["name"], "state": trial["state"], "objective": (trial.get("run") or {}).get("upperObjective")}
        for trial in trials
    ]


def judge(trials):
    """Returns if all trials are complete; else raises whether another try can help.

    While a trial is open, another try goes on with it, whatever became of the others: a sweep runs no trial again that has
    ended well or badly.
    """
    open_trials = [trial for trial in trials if not is_final(trial)]
    if open_trials:
        raise AirflowException(
            "%s; the next try goes on from the last commits"
            % "; ".join("%s is %s (%s)" % (trial["name"], trial["state"], trial["reason"] or "-") for trial in open_trials[:5])
        )
    bad = [trial for trial in trials if trial["state"] in BAD_ENDS]
    if bad:
        raise AirflowFailException(
            "%d of %d trials: %s"
            % (
                len(bad),
                len(trials),
                "; ".join("%s %s: %s" % (trial["name"], trial["state"], trial["reason"]) for trial in bad[:5]),
            )
        )
