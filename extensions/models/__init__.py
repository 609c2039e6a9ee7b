from extensions.models.extension import Extension, ExtensionState
from extensions.models.queue_parameters import QueueParameters, Release

__all__ = ["Extension", "ExtensionState", "QueueParameters", "Release"]
