"""Tells the worker's processes that it is being stopped, so that they end after the step they are in."""

from multiprocessing import RawValue

# Shared memory without a lock: made before the processes are forked, written by a signal handler of their parent.
_stopping = RawValue("b", 0)


def stop() -> None:
    """Ask for the end; called in the parent."""
    _stopping.value = 1


def is_stopping() -> bool:
    """Whether the end was asked for."""
    return bool(_stopping.value)
