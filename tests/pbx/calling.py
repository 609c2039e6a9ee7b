"""A peer with something to tell: one registered telephone that is in a call, and one voicemail box."""

from tests.pbx.peer import Headers, Peer
from tests.pbx.translate.conftest import channel

ANN = "PJSIP/101@acme.example.com-00000001"
PHONE = "101@acme.example.com"
BOX = [("VMContext", "t2"), ("VoiceMailbox", "23"), ("NewMessageCount", "2"), ("OldMessageCount", "1")]


def calling_peer() -> Peer:
    peer = Peer()
    peer.lists("PJSIPShowEndpoints", "EndpointList", [("ObjectName", PHONE), ("DeviceState", "In use")])
    peer.lists("PJSIPShowContacts", "ContactList", contact("sip:101@10.0.0.5"))
    peer.lists("CoreShowChannels", "CoreShowChannel", list(channel(ANN, "1.1", "6").items()))
    peer.lists("ParkedCalls", "ParkedCall")
    peer.lists("QueueStatus", "QueueMember")
    peer.lists("VoicemailUsersList", "VoicemailUserEntry", BOX)
    return peer


def contact(uri: str) -> Headers:
    return [("Endpoint", PHONE), ("Uri", uri), ("UserAgent", "Snom D785"), ("Status", "Reachable")]
