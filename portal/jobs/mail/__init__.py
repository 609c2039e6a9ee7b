"""Mail: kept with the transaction that sends it, handed over by a job, seen in the mail log (NTF-03, REL-10)."""

from portal.jobs.mail.backend import OutboxBackend

__all__ = ["OutboxBackend"]
