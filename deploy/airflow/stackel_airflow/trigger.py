"""Waits in Airflow's triggerer, which holds no worker, for trials that run in a cluster."""

from __future__ import annotations

import asyncio
import time
from dataclasses import asdict

from airflow.exceptions import AirflowException
from airflow.triggers.base import BaseTrigger, TriggerEvent

from stackel_airflow.command import Stackel
from stackel_airflow.trials import is_final, progress


class StackelTrigger(BaseTrigger):
    """Asks now and then how trials stand, and fires when all have ended or none has moved for long.

    A driver that was killed leaves its trials 'running'. So trials that do not move are given up; if their driver lives
    after all, the next one takes them over and it ends with exit code 5.

    :param sweep: directory of the sweep, a URI
    :param trials: names of the trials; empty for all
    :param stackel: the arguments of Stackel
    :param poll: seconds between two questions
    :param stalled: seconds after which trials that do not move are given up
    :param before: progress of the trials before their driver was submitted; one that stands as before has not begun
    """

    def __init__(self, sweep, trials, stackel, poll, stalled, before):
        super().__init__()
        self.sweep = sweep
        self.trials = trials
        self.stackel = stackel if isinstance(stackel, dict) else asdict(stackel)
        self.poll = poll
        self.stalled = stalled
        self.before = before

    def serialize(self):
        names = ("sweep", "trials", "stackel", "poll", "stalled", "before")
        return "stackel_airflow.trigger.StackelTrigger", {name: getattr(self, name) for name in names}

    async def run(self):
        stackel = Stackel(**self.stackel)
        moved, last, since = set(), None, time.monotonic()
        while True:
            try:
                trials = await stackel.trials_later(self.sweep, self.trials)
            except AirflowException as failure:
                # The task asks again, and raises what Airflow must know.
                yield TriggerEvent({"why": str(failure)})
                return
            now = progress(trials)
            moved |= {name for name, place in now.items() if place != self.before.get(name)}
            if all(is_final(trial) or (trial["state"] == "stopped" and trial["name"] in moved) for trial in trials):
                yield TriggerEvent({"why": "all have ended"})
                return
            if now != last:
                last, since = now, time.monotonic()
            elif time.monotonic() - since > self.stalled:
                yield TriggerEvent({"why": "none has moved for %d s" % self.stalled})
                return
            await asyncio.sleep(self.poll)
