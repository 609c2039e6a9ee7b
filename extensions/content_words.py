"""What a telephone system begins with, in the words of somebody who is about to get one (TPL-07)."""

from django.utils.translation import ngettext_lazy as words

from extensions import models as m
from extensions.models.feature_code import Feature
from extensions.settings.spoken import spoken
from portal.core.phone_numbers import for_people
from tenants.content_words import leave_untold, say


def _feature(value: str) -> str:
    return str(Feature(value).label)


say(m.Team, words("Team", "Teams"), "name")
say(m.QueueParameters, words("Queue parameters", "Queue parameters"), plain=False)
say(m.Schedule, words("Schedule", "Schedules"), "name")
say(m.HolidayCalendar, words("Holiday calendar", "Holiday calendars"), "name")
say(m.Holiday, words("Holiday", "Holidays"), "name")
say(m.AgentStatus, words("Agent status", "Agent statuses"), "label")
say(m.ConferenceRoom, words("Conference room", "Conference rooms"), "name")
say(m.AudioFile, words("Sound", "Sounds"), "name")
say(m.BlockedCaller, words("Blocked caller", "Blocked callers"), "pattern", for_people)
say(m.CallException, words("Call exception", "Call exceptions"), "label")
say(m.OutgoingRuleSet, words("Set of rules for outgoing calls", "Sets of rules for outgoing calls"), "name")
say(m.OutgoingRule, words("Rule for outgoing calls", "Rules for outgoing calls"))
say(m.ParkingLot, words("Shared parking", "Shared parkings"), "number")
say(m.ParkingSlot, words("Parking slot", "Parking slots"), "label")
say(m.KeyPanel, words("Key template", "Key templates"), "name")
say(m.Key, words("Key", "Keys"), "label")
say(m.FeatureCode, words("Feature code", "Feature codes"), "feature", _feature)
say(m.SpeedDial, words("Speed dial", "Speed dials"), "label")
say(m.CallTest, words("Call test", "Call tests"), "name")
say(m.SettingValue, words("Setting", "Settings"), "key", spoken)
leave_untold(m.Configuration, m.Destination, m.WeekInterval)
