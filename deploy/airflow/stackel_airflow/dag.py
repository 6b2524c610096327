"""A DAG for a sweep."""

from __future__ import annotations

import json
from datetime import timedelta

from airflow.sdk import DAG, task

from stackel_airflow.command import Stackel
from stackel_airflow.operators import StackelOperator


def sweep_dag(
    dag_id,
    *,
    sweep,
    out,
    whole=False,
    home=None,
    application="",
    properties_file=None,
    conf=None,
    jars=None,
    conn_id="spark_default",
    pool=None,
    retries=5,
    retry_delay=timedelta(minutes=1),
    operator=None,
    **dag_arguments,
):
    """A DAG of three tasks: plan, trials, report.

    :param sweep: text of the sweep, a path or URI that the worker can read (templated)
    :param out: directory of the sweep, a URI that the executors can write (templated)
    :param whole: one application for the whole sweep, instead of a mapped task and an application for each trial
    :param home: folder of the release or checkout on the worker; default: the variable STACKEL_HOME there
    :param application: the job jar; default: that of the release or checkout
    :param properties_file: settings of Spark and of the store, for spark-submit and for every other command
    :param conf: more settings of Spark; they show in the list of processes
    :param jars: jars with problems of your own
    :param conn_id: connection of the Spark master
    :param pool: pool of the trials, which bounds how many run at a time
    :param retries: of a trial that was stopped or lost; one that diverged, failed or is damaged is not tried again
    :param retry_delay: before the first of them, doubled each time up to an hour
    :param operator: more arguments of StackelOperator, such as deploy_mode, deferrable or executor_memory
    :param dag_arguments: of Airflow's DAG, such as schedule and start_date
    """
    stackel = Stackel(home, properties_file, jars)
    dag_arguments.setdefault("schedule", None)
    dag_arguments.setdefault("catchup", False)

    with DAG(dag_id, **dag_arguments) as dag:

        @task
        def plan(sweep, out):
            entries = json.loads(stackel.run("sweep", "plan", sweep, "--out", out, "--format", "airflow"))
            names = [[word for word in entry["application_args"][3:] if word != "--trial"] for entry in entries]
            return sum(map(len, names)) if whole else [{"trials": group} for group in names]

        arguments = dict(
            task_id="trials",
            sweep=out,
            home=home,
            application=application,
            properties_file=properties_file,
            conf=conf or {},
            jars=jars,
            conn_id=conn_id,
            pool=pool or "default_pool",
            retries=retries,
            retry_delay=retry_delay,
            retry_exponential_backoff=2.0,
            max_retry_delay=timedelta(hours=1),
            **(operator or {}),
        )
        planned = plan(sweep, out)
        if whole:
            trials = StackelOperator(**arguments)
            planned >> trials
        else:
            trials = StackelOperator.partial(**arguments).expand_kwargs(planned)

        @task(trigger_rule="all_done")
        def report(out):
            print(stackel.run("sweep", "status", out))
            print(stackel.run("sweep", "report", out))

        trials >> report(out)

    return dag
