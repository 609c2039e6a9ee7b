"""What a job may become, and how its states and those of its steps look."""

from portal.core.chips import set_tones
from portal.core.states import Machine
from portal.jobs.models import JobState, StepState

J, S = JobState, StepState

# Moves that people make. The runner's own moves (running, waiting, ended) are made under the job's fence instead.
JOB_MOVES = Machine(
    "state",
    {
        J.QUEUED: {J.CANCELLED, J.QUEUED},
        J.SCHEDULED: {J.CANCELLED, J.QUEUED},
        J.RUNNING: set(),
        J.WAITING: {J.CANCELLED, J.QUEUED},
        J.SUCCEEDED: set(),
        J.FAILED: {J.QUEUED},
        J.CANCELLED: set(),
        J.UNDONE: set(),
    },
)

# Equal words of two enums are equal keys, so each enum has its own table.
set_tones(
    {
        J.QUEUED: "queued",
        J.SCHEDULED: "scheduled",
        J.RUNNING: "progress",
        J.WAITING: "warning",
        J.SUCCEEDED: "good",
        J.FAILED: "failed",
        J.CANCELLED: "cancelled",
        J.UNDONE: "cancelled",
    }
)
set_tones(
    {
        S.PENDING: "queued",
        S.RUNNING: "progress",
        S.DONE: "good",
        S.FAILED: "failed",
        S.UNDONE: "cancelled",
    }
)
