"""How the states of what is in force on a PBX look."""

from portal.core.chips import set_tones
from tenants.models import AppliedState

set_tones(
    {
        AppliedState.APPLIED: "good",
        AppliedState.APPLYING: "progress",
        AppliedState.WAITING: "queued",
        AppliedState.FAILED: "failed",
    }
)
