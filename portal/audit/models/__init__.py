from portal.audit.models.entry import LogEntry, Source, Verb

__all__ = ["LogEntry", "Source", "Verb"]
