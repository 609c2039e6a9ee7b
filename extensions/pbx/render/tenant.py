"""All files of one tenant."""

from extensions.pbx.driver import FileSet
from extensions.pbx.facts import TenantFacts
from extensions.pbx.render.conference import render_conferences
from extensions.pbx.render.dialplan.tenant import render_dialplan
from extensions.pbx.render.parking import render_parking
from extensions.pbx.render.pjsip import render_pjsip
from extensions.pbx.render.queues import render_queues
from extensions.pbx.render.sounds import FILE as SOUNDS_FILE
from extensions.pbx.render.sounds import render_sounds
from extensions.pbx.render.voicemail import render_voicemail


def render_tenant(facts: TenantFacts) -> FileSet:
    """A tenant's configuration: file name and text. Pure; raises NotEmittable where a fact cannot be written."""
    return {
        **render_pjsip(facts),
        "extensions.conf": render_dialplan(facts),
        "queues.conf": render_queues(facts),
        "voicemail.conf": render_voicemail(facts),
        "res_parking.conf": render_parking(facts),
        "confbridge.conf": render_conferences(facts),
        SOUNDS_FILE: render_sounds(facts),
    }
