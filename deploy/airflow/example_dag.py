"""The published four-rooms table every night, on the cluster, HDFS and S3 of deploy/standalone."""

import os
from datetime import datetime

from stackel_airflow import sweep_dag

dag = sweep_dag(
    "stackel_four_rooms",
    sweep=os.environ.get("STACKEL_SWEEP", "/opt/stackel/conf/sweeps/four-rooms.yaml"),
    out=os.environ.get("STACKEL_OUT", "hdfs://127.0.0.1:19000/sweeps/four-rooms"),
    schedule="0 2 * * *",
    start_date=datetime(2026, 1, 1),
)
