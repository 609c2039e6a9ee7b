from extensions.models.audio import AudioFile, AudioPurpose
from extensions.models.call_control import BlockAction, BlockDirection, BlockedCaller, BlockMatch, CallException
from extensions.models.conference import ConferenceMember, ConferenceRoom
from extensions.models.configuration import CallTest, CallTestState, Configuration
from extensions.models.deletion import Deletion
from extensions.models.destination import Destination, DestinationKind
from extensions.models.dial_number import DialKind, DialNumber
from extensions.models.extension import Extension, ExtensionState
from extensions.models.favourite import Favourite
from extensions.models.feature_code import Feature, FeatureCode
from extensions.models.finding import Finding, Severity
from extensions.models.holiday import Holiday, HolidayCalendar, HolidayKind
from extensions.models.key_panel import KEY_POINTERS, Key, KeyKind, KeyPanel
from extensions.models.outgoing import CallClass, OutgoingMatch, OutgoingRule, OutgoingRuleSet
from extensions.models.outside_number import OutsideNumber
from extensions.models.parking import ParkingLot, ParkingReturn, ParkingSlot
from extensions.models.phone import Phone
from extensions.models.presence import AgentStatus, Presence, PresenceChange, StatusKind, StatusSource
from extensions.models.provisioning import FetchMiss, PhoneAccess, PhoneFetch
from extensions.models.queue_parameters import QueueParameters, Release
from extensions.models.schedule import IntervalKind, OverrideMode, Schedule, ScheduleOverride, WeekInterval
from extensions.models.setting import Level, SettingValue
from extensions.models.setup_link import SetupLink
from extensions.models.speed_dial import SpeedDial
from extensions.models.team import RingStrategy, Team, TeamMember, TeamScope
from extensions.models.voicemail import KnownMessage, Mailbox

__all__ = [
    "KEY_POINTERS",
    "AgentStatus",
    "AudioFile",
    "AudioPurpose",
    "BlockAction",
    "BlockDirection",
    "BlockMatch",
    "BlockedCaller",
    "CallClass",
    "CallException",
    "CallTest",
    "CallTestState",
    "ConferenceMember",
    "ConferenceRoom",
    "Configuration",
    "Deletion",
    "Destination",
    "DestinationKind",
    "DialKind",
    "DialNumber",
    "Extension",
    "ExtensionState",
    "Favourite",
    "Feature",
    "FeatureCode",
    "FetchMiss",
    "Finding",
    "Holiday",
    "HolidayCalendar",
    "HolidayKind",
    "IntervalKind",
    "Key",
    "KeyKind",
    "KeyPanel",
    "KnownMessage",
    "Level",
    "Mailbox",
    "OutgoingMatch",
    "OutgoingRule",
    "OutgoingRuleSet",
    "OutsideNumber",
    "OverrideMode",
    "ParkingLot",
    "ParkingReturn",
    "ParkingSlot",
    "Phone",
    "PhoneAccess",
    "PhoneFetch",
    "Presence",
    "PresenceChange",
    "QueueParameters",
    "Release",
    "RingStrategy",
    "Schedule",
    "ScheduleOverride",
    "SettingValue",
    "SetupLink",
    "Severity",
    "SpeedDial",
    "StatusKind",
    "StatusSource",
    "Team",
    "TeamMember",
    "TeamScope",
    "WeekInterval",
]
