"""Sweeps of Stackel in Airflow: a DAG that plans a sweep, runs its trials and reports, and what it is made of.

    from stackel_airflow import sweep_dag
    dag = sweep_dag("nightly", sweep="/opt/stackel/conf/sweeps/four-rooms.yaml", out="hdfs://nn/sweeps/nightly")

README.md of deploy/airflow says what each argument means.
"""

from stackel_airflow.command import Stackel
from stackel_airflow.dag import sweep_dag
from stackel_airflow.operators import StackelOperator, StackelSensor
from stackel_airflow.trigger import StackelTrigger

__all__ = ["Stackel", "StackelOperator", "StackelSensor", "StackelTrigger", "sweep_dag"]
