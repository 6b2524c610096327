"""The command line of Stackel, as an Airflow process calls it."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from airflow.exceptions import AirflowException
from airflow.sdk.exceptions import AirflowFailException

#: Exit codes that the same command would end with again: a mistake in the arguments, damaged data, a run that diverged.
FOR_GOOD = (2, 3, 4)


def trial_words(trials):
    """The words that restrict a command to some trials; none for all."""
    return [word for trial in trials for word in ("--trial", trial)]


@dataclass(frozen=True)
class Stackel:
    """A release or checkout on this machine.

    It is looked for when it is called, not when a DAG is parsed: the scheduler needs none.

    :param home: its folder; default: the variable STACKEL_HOME
    :param properties_file: settings of Spark and of the store, for every command; default: those of the release
    :param jars: jars with code of your own, separated by commas
    """

    home: str | None = None
    properties_file: str | None = None
    jars: str | None = None

    @property
    def root(self):
        home = self.home or os.environ.get("STACKEL_HOME")
        if not home:
            raise AirflowFailException("give home=, or set STACKEL_HOME, to the folder of a release or checkout of Stackel")
        return Path(home)

    def _file(self, of_release, of_checkout):
        released = self.root / of_release
        return released if released.exists() else self.root / of_checkout

    @property
    def application(self):
        """The job jar."""
        return str(self._file("lib/stackel.jar", "spark-jobs/target/stackel.jar"))

    def line(self, *words):
        """The words of a command, with the options of the launcher."""
        options = ["--properties-file", self.properties_file] if self.properties_file else []
        options += ["--jars", self.jars] if self.jars else []
        return [str(self._file("bin/stackel", "deploy/bin/stackel")), *options, *map(str, words)]

    def run(self, *words):
        """Runs a command and returns what it printed; raises with what it said on stderr."""
        line = self.line(*words)
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        return _printed(line, done.returncode, done.stdout, done.stderr)

    def trials(self, sweep, names=()):
        """The trials of a sweep as 'stackel sweep status --json' tells them."""
        return _trials(self.run("sweep", "status", sweep, "--json", *trial_words(names)))

    async def trials_later(self, sweep, names=()):
        """As trials, without holding up the other triggers of the process."""
        line = self.line("sweep", "status", sweep, "--json", *trial_words(names))
        process = await asyncio.create_subprocess_exec(
            *line, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        try:
            out, err = await process.communicate()
        except asyncio.CancelledError:
            process.kill()
            raise
        return _trials(_printed(line, process.returncode, out.decode(), err.decode()))


def _printed(line, code, out, err):
    if code != 0:
        failure = AirflowFailException if code in FOR_GOOD else AirflowException
        raise failure("%s ended with %d: %s" % (" ".join(line), code, err.strip()))
    return out


def _trials(text):
    return json.loads(text)["trials"]
