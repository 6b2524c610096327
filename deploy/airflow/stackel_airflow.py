"""Sweeps of Stackel in Airflow: a DAG that plans a sweep, maps its trials, and reports.

    from stackel_airflow import sweep_dag
    dag = sweep_dag("nightly", sweep="/opt/stackel/conf/sweeps/four-rooms.yaml", out="hdfs://nn/sweeps/nightly")

README.md in this folder says what each argument means.
"""

from __future__ import annotations

import json
import subprocess
from datetime import timedelta
from pathlib import Path

from airflow.exceptions import AirflowException
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import DAG, task
from airflow.sdk.exceptions import AirflowFailException

#: The folder above deploy/: an unpacked release, or a checkout.
ROOT = Path(__file__).resolve().parents[2]

_RELEASE = (ROOT / "lib/stackel.jar").exists()
LAUNCHER = ROOT / ("bin/stackel" if _RELEASE else "deploy/bin/stackel")
APPLICATION = ROOT / ("lib/stackel.jar" if _RELEASE else "spark-jobs/target/stackel.jar")


#: Exit codes that the same command would end with again: a mistake in the arguments, damaged data, a run that diverged.
FOR_GOOD = (2, 3, 4)


def stackel(*words, launcher=None):
    """Runs a command of the launcher and returns what it printed; raises with what it said on stderr."""
    line = [str(launcher or LAUNCHER), *map(str, words)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        failure = AirflowFailException if done.returncode in FOR_GOOD else AirflowException
        raise failure("%s ended with %d: %s" % (" ".join(line), done.returncode, done.stderr.strip()))
    return done.stdout


def judge(trials):
    """Raises what Airflow must know of trials as 'stackel sweep status --json' tells them; returns if all are complete."""
    for trial in trials:
        if trial["state"] in ("diverged", "failed", "damaged"):
            raise AirflowFailException("%s %s: %s" % (trial["name"], trial["state"], trial["reason"]))
    for trial in trials:
        if trial["state"] != "complete":
            raise AirflowException(
                "%s is %s (%s); the next try goes on from its last commit" % (trial["name"], trial["state"], trial["reason"] or "-")
            )


class StackelOperator(SparkSubmitOperator):
    """Submits trials of a sweep and tells Airflow what became of them.

    What spark-submit returns is not enough: in cluster mode of a standalone master it is 0 whatever happens, and else it
    does not say whether trying again may help. So the trials themselves are asked:

    complete                      the task succeeds
    diverged, failed, damaged     the task fails for good: it would end the same way again, to the bit
    any other                     the task fails and is tried again, and goes on from the last commit: stopped (exit codes
                                  75, and 5 where another driver took the trial), running, waiting, or unknown while the
                                  store does not answer

    :param sweep: directory of the sweep, a URI
    :param trials: names of the trials
    :param launcher: the launcher; default: that of the release or checkout this file lies in
    """

    template_fields = (*SparkSubmitOperator.template_fields, "sweep", "trials")

    def __init__(self, *, sweep, trials, launcher=None, **kwargs):
        words = ["sweep", "run", sweep]
        for trial in trials:
            words += ["--trial", trial]
        # Airflow's own default is one name for all.
        kwargs.setdefault("name", "stackel " + " ".join(trials))
        super().__init__(java_class="io.stackel.cli.Main", application_args=words, **kwargs)
        self.sweep = sweep
        self.trials = trials
        self.launcher = launcher

    def execute(self, context):
        try:
            super().execute(context)
        except AirflowException as failure:
            self.log.warning("spark-submit failed: %s", failure)
        words = ["sweep", "status", self.sweep, "--json"]
        for trial in self.trials:
            words += ["--trial", trial]
        trials = json.loads(stackel(*words, launcher=self.launcher))["trials"]
        for trial in trials:
            self.log.info("%s %s seed %s: %s", trial["name"], trial["axes"], trial["seed"], trial["state"])
        judge(trials)


def sweep_dag(
    dag_id,
    *,
    sweep,
    out,
    schedule=None,
    start_date=None,
    pool=None,
    conn_id="spark_default",
    conf=None,
    jars=None,
    retries=5,
    retry_delay=timedelta(minutes=1),
    launcher=None,
    application=None,
    **dag_arguments,
):
    """A DAG of three tasks: plan, trials (mapped), report.

    :param sweep: text of the sweep, a path or URI that the scheduler's machine can read
    :param out: directory of the sweep, a URI that the executors can write
    :param pool: pool of the trials, which bounds how many run at a time
    :param conn_id: connection of the Spark master
    :param conf: settings of Spark for each trial
    :param jars: jars with problems of your own
    :param retries: of a trial that was stopped or lost; one that diverged, failed or is damaged is not tried again
    :param retry_delay: before the first of them, doubled each time up to an hour
    :param launcher: the launcher; default: that of the release or checkout this file lies in
    :param application: the job jar; default: that of the release or checkout
    """
    more = ["--jars", jars] if jars else []

    with DAG(dag_id, schedule=schedule, start_date=start_date, catchup=False, **dag_arguments) as dag:

        @task
        def plan():
            entries = json.loads(
                stackel(*more, "sweep", "plan", sweep, "--out", out, "--format", "airflow", launcher=launcher)
            )
            return [{"trials": [w for w in e["application_args"][3:] if w != "--trial"]} for e in entries]

        trials = StackelOperator.partial(
            task_id="trials",
            sweep=out,
            launcher=launcher,
            application=str(application or APPLICATION),
            conn_id=conn_id,
            conf=conf or {},
            jars=jars,
            pool=pool or "default_pool",
            retries=retries,
            retry_delay=retry_delay,
            retry_exponential_backoff=2.0,
            max_retry_delay=timedelta(hours=1),
        ).expand_kwargs(plan())

        @task(trigger_rule="all_done")
        def report():
            print(stackel("sweep", "status", out, launcher=launcher))
            print(stackel("sweep", "report", out, launcher=launcher))

        trials >> report()

    return dag
