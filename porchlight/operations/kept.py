"""What this room keeps, and the packages that run its tasks; the words are explained in `toolbox/kept.py`."""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

MACHINES = ("nobody", Purpose.SERVICE, Ground.INTEREST)

KEPT = {
    "operations.Heartbeat": kept(*MACHINES, Limit.DAY, since="at", tier=0, codes="machine process", times="at"),
    "operations.PersonSeen": kept(
        "colleague child adult", Purpose.PROOF, Ground.DUTY, Limit.DAY, since="at",
        codes="person", ties="staff", times="at",
    ),
    "django_ox.OxTask": kept(
        *MACHINES, Limit.TASKS, since="finished_at",
        codes="task_path args kwargs queue_name priority takes_context backend_name status attempts max_attempts"
        " return_value errors worker_ids locked_by lease_epoch",
        times="run_after enqueued_at started_at last_attempted_at finished_at locked_at lease_expires_at",
    ),
    "django_ox.OxScheduleTick": kept(
        *MACHINES, Limit.TASKS, since="created_at", tier=0, codes="schedule_name task", times="scheduled_for created_at"
    ),
    "django_ox.OxSchedule": kept(
        *MACHINES, Limit.SCHOOL, tier=0,
        codes="name task_key trigger cron every_seconds phase_seconds arguments enabled boundary_for"
        " boundary_generation starting_deadline_seconds",
        times="start_time end_time created_at updated_at",
    ),
    "django_ox.OxScheduleChange": kept(*MACHINES, Limit.SCHOOL, tier=0, times="changed_at"),
}  # fmt: skip
