"""What can be set, topic by topic. Importing this package declares every setting."""

from extensions.settings.catalogue import callers, calls, forwarding, hours, limits, presence, recording, voicemail

__all__ = ["callers", "calls", "forwarding", "hours", "limits", "presence", "recording", "voicemail"]
