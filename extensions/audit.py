"""Which of this app's tables the audit log watches."""

from django.utils.translation import gettext_lazy as _

from extensions import models
from portal.audit.registry import audited, exempt

audited(models.Extension, label=_("Extension"))
audited(models.QueueParameters, label=_("Queue parameters"))
audited(models.Destination, label=_("Destination"))
audited(models.SettingValue, label=_("Setting"))
audited(models.Team, label=_("Team"))
audited(models.TeamMember, label=_("Team member"))
audited(models.TeamScope, label=_("Role in a team"))
audited(models.AudioFile, label=_("Sound"))
audited(models.Schedule, label=_("Schedule"), many=["calendars"])
audited(models.WeekInterval, label=_("Hours"))
audited(models.ScheduleOverride, label=_("Schedule override"))
audited(models.HolidayCalendar, label=_("Holiday calendar"))
audited(models.Holiday, label=_("Holiday"))
audited(models.AgentStatus, label=_("Agent status"))
audited(models.BlockedCaller, label=_("Blocked caller"))
audited(models.CallException, label=_("Call exception"))
audited(models.OutgoingRuleSet, label=_("Rules for outgoing calls"))
audited(models.OutgoingRule, label=_("Rule for outgoing calls"))
audited(models.ParkingLot, label=_("Shared parking"))
audited(models.ParkingSlot, label=_("Parking slot"))
audited(
    models.Mailbox,
    label=_("Voicemail box"),
    secrets=["pin"],
    ignore=["link_token", "link_until", "used_seconds", "messages", "reported_at"],
)
audited(models.SpeedDial, label=_("Speed dial"))
audited(models.KeyPanel, label=_("Key panel"))
audited(models.Key, label=_("Key"))
audited(models.Phone, label=_("Telephone"))
audited(
    models.PhoneAccess,
    label=_("Address of a telephone’s configuration"),
    secrets=["digest"],
    ignore=["first_at", "first_address", "fetched_at", "fetched_tag", "wanted_tag", "misses"],
)
audited(models.OutsideNumber, label=_("Outside number"))
audited(models.ConferenceRoom, label=_("Conference room"), secrets=["pin"])
audited(models.ConferenceMember, label=_("Conference member"))
audited(models.FeatureCode, label=_("Feature code"))
audited(models.CallTest, label=_("Call test"), ignore=["found", "found_words", "touched", "state", "ran_at", "version"])

exempt(models.Presence, because="PresenceChange is the history of it, with who, why and when (PRS-03)")
exempt(models.PresenceChange, because="it is a history itself, and only grows")
exempt(models.DialNumber, because="triggers write it from tables that are audited")
exempt(models.Configuration, because="a counter of changes that are audited themselves")
exempt(models.Finding, because="written anew by each run of the configuration check")
exempt(models.Deletion, because="what was deleted is audited row by row; this only lets it come back")
exempt(models.Favourite, because="whom somebody wants to see first; it changes nothing for anybody else")
exempt(models.SetupLink, because="the mail log says who was written to; this only lets a link work once")
exempt(models.KnownMessage, because="which messages were mailed: the mail log says so for people")
exempt(models.PhoneFetch, because="it is a history itself, of requests that telephones make every day")
exempt(models.FetchMiss, because="it counts requests in vain; a lock is recorded once (PRV-01)")
