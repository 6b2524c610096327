"""What the package promises without a cluster: python checks.py"""

import asyncio
import json
import stat
import tempfile
from pathlib import Path

from airflow.exceptions import AirflowException
from airflow.sdk.exceptions import AirflowFailException

from stackel_airflow import Stackel, StackelOperator, StackelSensor, StackelTrigger
from stackel_airflow.trials import judge, progress, summary


def outcome(call):
    try:
        call()
        return "succeeds"
    except AirflowFailException:
        return "fails for good"
    except AirflowException:
        return "is tried again"


def trial(state, name="a-0123456789ab", step=None):
    run = None if step is None else {"step": step, "upperObjective": -1.5}
    return {"name": name, "axes": {}, "seed": 0, "state": state, "reason": "why", "run": run}


def release(folder, script):
    """A release whose launcher is a script of this test."""
    launcher = Path(folder, "bin/stackel")
    launcher.parent.mkdir(parents=True, exist_ok=True)
    launcher.write_text("#!/usr/bin/env bash\n" + script)
    launcher.chmod(launcher.stat().st_mode | stat.S_IXUSR)
    Path(folder, "lib").mkdir(exist_ok=True)
    Path(folder, "lib/stackel.jar").touch()
    return str(folder)


def each_state_means_what_the_readme_says():
    expected = {"complete": "succeeds", "diverged": "fails for good", "failed": "fails for good", "damaged": "fails for good"}
    for state in ("complete", "diverged", "failed", "damaged", "stopped", "running", "waiting", "created", "unknown"):
        found = outcome(lambda: judge([trial("complete"), trial(state)]))
        assert found == expected.get(state, "is tried again"), (state, found)
    # What is open goes on, whatever became of the others.
    assert outcome(lambda: judge([trial("damaged"), trial("stopped")])) == "is tried again"


def each_exit_code_means_what_the_readme_says():
    with tempfile.TemporaryDirectory() as folder:
        for code in (0, 1, 2, 3, 4, 5, 75, 137):
            stackel = Stackel(release(folder, "exit %d\n" % code))
            found = outcome(lambda: stackel.run("sweep"))
            assert found == ("succeeds" if code == 0 else "fails for good" if code in (2, 3, 4) else "is tried again"), (code, found)
    assert outcome(lambda: Stackel().application) == "fails for good"


def words_arrive_whole():
    with tempfile.TemporaryDirectory() as folder:
        home = release(Path(folder, "a release"), 'printf "%s\\n" "$@"\n')
        printed = Stackel(home, "my settings.conf", "a b.jar").run("sweep", "plan", "my sweep.yaml", "--out", "{{ ds }}")
        assert printed.splitlines() == [
            *("--properties-file", "my settings.conf", "--jars", "a b.jar"),
            *("sweep", "plan", "my sweep.yaml", "--out", "{{ ds }}"),
        ], printed
        assert Stackel(home).application == home + "/lib/stackel.jar"


def only_the_sweep_is_rendered_and_stored():
    """Airflow shows what it rendered to whoever sees the task."""
    assert set(StackelOperator.template_fields) == set(StackelSensor.template_fields) == {"sweep", "trials"}


def xcom_has_name_state_and_objective():
    assert summary([trial("complete", step=3), trial("waiting", name="b")]) == [
        {"name": "a-0123456789ab", "state": "complete", "objective": -1.5},
        {"name": "b", "state": "waiting", "objective": None},
    ]


def fired(statuses, before, stalled=1e9, code=0):
    """Why a trigger fires that sees these statuses, the last one for ever."""
    with tempfile.TemporaryDirectory() as folder:
        for i, trials in enumerate(statuses):
            Path(folder, "%d.json" % i).write_text(json.dumps({"trials": trials}))
        home = release(
            folder,
            'cd "%s"; n=$(cat n 2>/dev/null || echo 0); echo $((n < %d ? n + 1 : n)) >n; cat $n.json; exit %d\n'
            % (folder, len(statuses) - 1, code),
        )
        name, arguments = StackelTrigger("sweep", [], Stackel(home), 0.01, stalled, before).serialize()
        assert name == "stackel_airflow.trigger.StackelTrigger"
        trigger = StackelTrigger(**json.loads(json.dumps(arguments)))

        async def first():
            async for event in trigger.run():
                return event.payload["why"], int(Path(folder, "n").read_text())

        return asyncio.run(asyncio.wait_for(first(), 60))


def the_trigger_fires_when_all_have_ended():
    stopped, running = [trial("stopped", step=5)], [trial("running", step=5)]
    ended = ("all have ended", 2)
    assert fired([running, [trial("running", step=9)], [trial("complete", step=10)]], {}) == ended
    # What the last driver left is no end of this one.
    assert fired([stopped, running, stopped], progress(stopped)) == ended
    assert fired([stopped, stopped, [trial("stopped", step=6)]], progress(stopped)) == ended
    assert fired([running, running, [trial("diverged", step=6)]], progress(running)) == ended


def the_trigger_gives_up_what_does_not_move():
    running = [trial("running", step=5)]
    assert fired([running], progress(running), stalled=0.2)[0].startswith("none has moved")


def the_trigger_leaves_errors_to_the_task():
    assert "ended with 75" in fired([[]], {}, code=75)[0]


for check in (
    each_state_means_what_the_readme_says,
    each_exit_code_means_what_the_readme_says,
    words_arrive_whole,
    only_the_sweep_is_rendered_and_stored,
    xcom_has_name_state_and_objective,
    the_trigger_fires_when_all_have_ended,
    the_trigger_gives_up_what_does_not_move,
    the_trigger_leaves_errors_to_the_task,
):
    check()
    print(check.__name__.replace("_", " "))
