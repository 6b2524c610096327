"""An operator that submits trials of a sweep, and a sensor that waits for trials that others submitted."""

from __future__ import annotations

from airflow.exceptions import AirflowException
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowFailException

from stackel_airflow.command import Stackel, trial_words
from stackel_airflow.trials import is_final, judge, progress, summary
from stackel_airflow.trigger import StackelTrigger

#: So that spark-submit ends as soon as the cluster has the driver; a standalone master knows nothing else.
_DO_NOT_WAIT = {
    "spark.yarn.submit.waitAppCompletion": "false",
    "spark.kubernetes.submission.waitAppCompletion": "false",
}


_PACKAGES = (
    *("java.lang", "java.lang.invoke", "java.lang.reflect", "java.io", "java.net", "java.nio", "java.util"),
    *("java.util.concurrent", "java.util.concurrent.atomic", "jdk.internal.ref", "sun.nio.ch", "sun.nio.cs"),
    *("sun.security.action", "sun.util.calendar"),
)
#: What Spark opens on Java 17 wherever it starts a driver itself; a worker of a standalone cluster does not.
_OPENS = " ".join("--add-opens=java.base/%s=ALL-UNNAMED" % package for package in _PACKAGES)
_JAVA_OPTIONS = "spark.driver.extraJavaOptions"


class _Trials:
    """Trials of a sweep that a task answers for.

    complete                      the task succeeds
    diverged, failed, damaged     the task fails for good: it would end the same way again, to the bit
    any other                     the task fails and is tried again, and goes on from the last commit: stopped (exit codes
                                  75, and 5 where another driver took the trial), running, waiting, or unknown while the
                                  store does not answer

    Name, state and objective of each trial are the task's XCom, also where it fails.
    """

    #: Rendered by Jinja, and shown and stored by Airflow: nothing here is a secret. Settings of Spark are not among them.
    template_fields = ("sweep", "trials")

    def _answer_for(self, sweep, trials, stackel, poll, stalled):
        self.sweep = sweep
        self.trials = list(trials)
        self.stackel = stackel
        self.poll = poll
        self.stalled = stalled

    def _ask(self):
        return self.stackel.trials(self.sweep, self.trials)

    def _finish(self, context, trials):
        for trial in trials:
            self.log.info("%s %s seed %s: %s", trial["name"], trial["axes"], trial["seed"], trial["state"])
        context["ti"].xcom_push(key="return_value", value=summary(trials))
        judge(trials)

    def _wait(self, before):
        trigger = StackelTrigger(self.sweep, self.trials, self.stackel, self.poll, self.stalled, before)
        self.defer(trigger=trigger, method_name="resume")

    def resume(self, context, event):
        """Called when the trigger has fired."""
        self.log.info("no longer waiting: %s", event["why"])
        self._finish(context, self._ask())


class StackelOperator(_Trials, SparkSubmitOperator):
    """Submits trials of a sweep and tells Airflow what became of them.

    What spark-submit returns is not enough: in cluster mode of a standalone master it is 0 whatever happens, and else it
    does not say whether trying again may help. So the trials themselves are asked.

    :param sweep: directory of the sweep, a URI (templated)
    :param trials: names of the trials; empty for all, in one application (templated)
    :param home: folder of the release or checkout; default: the variable STACKEL_HOME
    :param application: the job jar; default: that of the release or checkout
    :param deferrable: in cluster mode, wait in the triggerer instead of on a worker
    :param poll: seconds between two questions of the triggerer
    :param stalled: seconds after which trials that do not move are given up and tried again
    :param kwargs: of SparkSubmitOperator, such as deploy_mode, properties_file, conf or yarn_track_via_rm_api
    """

    def __init__(
        self,
        *,
        sweep,
        trials=(),
        home=None,
        application="",
        name=None,
        deferrable=False,
        poll=60,
        stalled=1800,
        **kwargs,
    ):
        super().__init__(java_class="io.stackel.cli.Main", application=application, name=name, **kwargs)
        self._answer_for(sweep, trials, Stackel(home, kwargs.get("properties_file")), poll, stalled)
        self.deferrable = deferrable

    def execute(self, context):
        self.application = self.application or self.stackel.application
        self.application_args = ["sweep", "run", self.sweep, *trial_words(self.trials)]
        self.name = self.name or "stackel " + (self.trials[0] if len(self.trials) == 1 else self.sweep.rsplit("/", 1)[-1])
        connection = self._get_hook()._connection
        in_cluster = connection["deploy_mode"] == "cluster"
        if in_cluster and connection["master"].startswith("spark:"):
            given = (self.conf or {}).get(_JAVA_OPTIONS, "")
            self.conf = {**(self.conf or {}), _JAVA_OPTIONS: (_OPENS + " " + given).strip()}
        if self.deferrable:
            if not in_cluster:
                raise AirflowFailException(
                    "deferrable=True needs a driver in the cluster: give deploy_mode='cluster', here or in the connection"
                )
            trials = self._ask()
            if not all(map(is_final, trials)):
                self._submit()
                self._wait(progress(trials))
            self._finish(context, trials)
            return
        try:
            super().execute(context)
        except (AirflowException, RuntimeError) as failure:
            self.log.warning("spark-submit failed: %s", failure)
        self._finish(context, self._ask())

    def _submit(self):
        self.conf = {**(self.conf or {}), **_DO_NOT_WAIT}
        self._hook = self._get_hook()
        self._hook.submit(self.application)


class StackelSensor(_Trials, BaseOperator):
    """Waits in the triggerer until trials have ended that somebody else runs.

    :param sweep: directory of the sweep, a URI (templated)
    :param trials: names of the trials; empty for all (templated)
    :param home: folder of the release or checkout; default: the variable STACKEL_HOME
    :param properties_file: settings of the store
    :param poll: seconds between two questions
    :param stalled: seconds after which trials that do not move are given up
    """

    def __init__(self, *, sweep, trials=(), home=None, properties_file=None, poll=60, stalled=1800, **kwargs):
        super().__init__(**kwargs)
        self._answer_for(sweep, trials, Stackel(home, properties_file), poll, stalled)

    def execute(self, context):
        trials = self._ask()
        if not all(map(is_final, trials)):
            self._wait({})
        self._finish(context, trials)
