"""A broken constraint becomes the sentence that a person can act on; anything else stays a fault."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from portal.core.errors import DomainError


@contextmanager
def refusing(meanings: Mapping[str, DomainError]) -> Iterator[None]:
    """Write within a savepoint; where a constraint named in `meanings` is broken, raise what that means.

    For the moment between a service's own check and its write, when the database is the only judge. A clash with any
    other constraint is a defect and is raised as it came. `tests/contracts/test_clashes.py` knows every name used.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        meaning = meanings.get(broken_constraint(clash))
        if meaning is None:
            raise
        raise meaning from clash


def broken_constraint(clash: IntegrityError) -> str:
    """The name of the constraint or unique index that `clash` is about, as PostgreSQL reports it; else empty."""
    diagnosis = getattr(clash.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""
