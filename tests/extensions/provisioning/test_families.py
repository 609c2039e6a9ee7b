"""Every maker's files say what the telephone is to be told, and nothing that a name smuggles in (PRV-01, THR-16)."""

import os
from pathlib import Path
from urllib.parse import unquote

import pytest

from extensions.pbx.address import SipAddress
from extensions.provisioning.device import DeviceKey, KeyType
from extensions.provisioning.families import FAMILIES, family_of
from extensions.provisioning.formats import functions, values
from extensions.provisioning.formats.lines import KeyValueFile
from extensions.provisioning.formats.values import NotWritable, one_line
from extensions.provisioning.formats.xml import XmlFile
from tests.extensions.provisioning.facts import (
    MODELS,
    READ,
    attributes,
    device,
    elements,
    hostile_names,
    hostile_numbers,
    pairs,
    parts,
    with_labels,
)

GOLDEN = Path(__file__).with_name("golden")
VENDORS = sorted(FAMILIES)
HOSTILE = 10_000
AT_ONCE = 400  # keys of one telephone


@pytest.mark.feature("PRV-01")
@pytest.mark.parametrize("vendor", VENDORS)
def test_a_family_writes_what_it_wrote_when_it_was_approved(vendor: str) -> None:
    """After a change on purpose: UPDATE_GOLDEN=1, look at the difference, and raise TEMPLATE_VERSION."""
    for name, text in FAMILIES[vendor].written(device(vendor)).items():
        kept = GOLDEN / f"{vendor.lower()}-{name}"
        if os.environ.get("UPDATE_GOLDEN"):
            kept.write_text(text)

        assert text == kept.read_text()


def test_each_model_that_can_be_chosen_has_a_family() -> None:
    assert all(family_of(code) is FAMILIES[vendor] for vendor, code in MODELS.items())
    assert family_of("") is None
    assert family_of("no-such-model") is None


@pytest.mark.feature("PRV-01")
@pytest.mark.parametrize("vendor", VENDORS)
def test_ten_thousand_hostile_names_and_numbers_come_back_as_they_were_said(vendor: str) -> None:
    labels = [one_line(name) for name in hostile_names(HOSTILE, seed=7)]
    numbers = hostile_numbers(HOSTILE, seed=11)
    shown = [functions.plain(label) for label in labels] if vendor == "Cisco" else labels

    for first in range(0, HOSTILE, AT_ONCE):
        part = slice(first, first + AT_ONCE)
        files = dict(FAMILIES[vendor].written(with_labels(vendor, labels[part], numbers[part])))
        told, keys = READ[vendor](files)

        assert told == labels[first]
        assert [(label, unquote(number)) for label, number in keys] == list(
            zip(shown[part], numbers[part], strict=True)
        )


@pytest.mark.parametrize("vendor", VENDORS)
def test_no_name_adds_a_line_to_any_file(vendor: str) -> None:
    names = [one_line(name) or "x" for name in hostile_names(AT_ONCE, seed=3)]
    numbers = ["102"] * AT_ONCE

    hostile = FAMILIES[vendor].written(with_labels(vendor, names, numbers))
    ordinary = FAMILIES[vendor].written(with_labels(vendor, ["Mei"] * AT_ONCE, numbers))

    lines = [{name: len(text.splitlines()) for name, text in files.items()} for files in (hostile, ordinary)]
    assert lines[0] == lines[1]


@pytest.mark.parametrize("text", ["a\nb", "a\rb", "a\0b", "a\x85b", "a\u2028b", "a\u202eb", " a", "a ", "\ud800"])
def test_what_is_no_plain_line_is_refused_by_every_format(text: str) -> None:
    for write in (
        lambda: KeyValueFile("#").put("key", text),
        lambda: KeyValueFile("#").directive(text),
        lambda: XmlFile("a").leaf(None, "b", text),
        lambda: XmlFile("a").group(None, "b", name=text),
        lambda: XmlFile("a", name=text),
        lambda: functions.function("sd", label=text),
    ):
        with pytest.raises(NotWritable):
            write()


def test_keys_names_and_numbers_that_are_none_are_refused() -> None:
    file = KeyValueFile("#")
    file.put("account.1.label", "x")
    for write in (
        lambda: file.put("account.1.label", "again"),
        lambda: file.put("Account 1", "x"),
        lambda: XmlFile("a b"),
        lambda: XmlFile("a").leaf(None, "1b"),
        lambda: functions.function("sd;fnc=mwi"),
        lambda: functions.function("sd", ext="102;nme=x"),
        lambda: values.dialled("10 2"),
        lambda: values.dialled(""),
        lambda: values.dialled("１０２"),
        lambda: values.in_uri("102@elsewhere"),
    ):
        with pytest.raises(NotWritable):
            write()


@pytest.mark.feature("PRV-01")
def test_park_keys_watch_the_slot_and_the_voicemail_key_dials_the_code() -> None:
    yealink = pairs(FAMILIES["Yealink"].written(device("Yealink"))["805ec0000101.cfg"])
    snom = [text for _told, text in elements(FAMILIES["Snom"].written(device("Snom"))["805ec0000101.xml"], "fkey")]
    poly = attributes(FAMILIES["Poly"].written(device("Poly"))["805ec0000101-account.cfg"])
    cisco = FAMILIES["Cisco"].written(device("Cisco"))["805ec0000101.xml"]

    assert (yealink["linekey.3.type"], yealink["linekey.3.value"]) == ("16", "701")
    assert (yealink["linekey.6.type"], yealink["voice_mail.number.1"]) == ("12", "*97")
    assert yealink["account.1.subscribe_mwi"] == "0"
    assert (yealink["linekey.2.extension"], yealink["linekey.5.type"]) == ("**", "0")
    assert yealink["expansion_module.1.key.2.value"] == "103"
    assert snom[:6] == [
        "line", "blf sip:102@alpha.example|**", "orbit sip:701@alpha.example", "speed +6561234567", "none",
        "keyevent F_RETRIEVE",
    ]  # fmt: skip
    assert poly["attendant.resourceList.2.address"] == "701@alpha.example"
    assert poly["attendant.resourceList.2.type"] == "automata"
    assert parts(elements(cisco, "Extended_Function_3_")[0][1]) == {
        "fnc": "blf+sd", "sub": "701@$PROXY", "ext": "701@$PROXY", "nme": "Slot 701",
    }  # fmt: skip
    assert parts(elements(cisco, "Unit_1_Key_2_")[0][1])["sub"] == "103@$PROXY"


@pytest.mark.feature("PRV-01")
@pytest.mark.parametrize("vendor", VENDORS)
def test_every_maker_is_told_the_domain_the_proxy_and_where_to_fetch(vendor: str) -> None:
    text = "\n".join(FAMILIES[vendor].written(device(vendor)).values())

    for told in ("alpha.example", "sip.provider.example", "a7dk2mvq9xrt", "Kp4nTq8vZs2mXw6yBd3h", "secretofthisaddress",
                 "805ec0000101", "passwordofthefetch", "passwordofthepages", "*97"):  # fmt: skip
        assert told in text


def test_without_a_proxy_telephones_ask_the_domain() -> None:
    plain = device("Yealink", sip=SipAddress())

    said = pairs(FAMILIES["Yealink"].written(plain)["805ec0000101.cfg"])
    snom = FAMILIES["Snom"].written(device("Snom", sip=SipAddress()))["805ec0000101.xml"]

    assert (said["account.1.outbound_proxy_enable"], said["account.1.outbound_proxy.1.address"]) == ("0", "")
    assert (said["account.1.sip_server.1.transport_type"], said["account.1.srtp_encryption"]) == ("0", "0")
    assert elements(snom, "user_outbound")[0][1] == "alpha.example:5060;transport=udp"


def test_a_fanvil_sees_a_new_mark_when_and_only_when_something_changed() -> None:
    family = FAMILIES["Fanvil"]

    def mark(**facts: object) -> str:
        return elements(family.written(device("Fanvil", **facts))["805ec0000101.cfg"], "Version")[0][1]

    assert mark() == mark()
    assert mark() != mark(voicemail="*98")


@pytest.mark.parametrize(
    ("vendor", "name", "found"),
    [
        ("Yealink", "805EC0000101.cfg", True),
        ("Yealink", "805ec0000101.boot", True),
        ("Yealink", "805ec0000102.cfg", False),
        ("Snom", "snomD785-805EC0000101.htm", True),
        ("Poly", "805ec0000101-directory.xml", True),
        ("Cisco", "805ec0000101.cfg", False),
    ],
)
def test_files_are_found_by_the_names_that_telephones_use(vendor: str, name: str, found: bool) -> None:
    assert (FAMILIES[vendor].file_named(name, device(vendor)) is not None) is found


def test_what_makers_ask_for_in_vain_is_known() -> None:
    asked = {
        "Yealink": ["y000000000000.boot", "y000000000096.cfg", "805ec0000101-local.cfg"],
        "Snom": ["snomd785.htm", "snomd785-firmware.htm"],
        "Grandstream": ["cfg805ec0000101", "cfggrp2615.xml", "cfg.xml", "dev805ec0000101.cfg"],
        "Poly": ["000000000000.cfg", "805ec0000101-phone.cfg", "805ec0000101-web.cfg", "805ec0000101-app.log"],
        "Fanvil": ["f0v0x4u00000.cfg"],
        "Cisco": ["spa504g.cfg", "cp-8851-3pcc.xml"],
    }

    assert [name for vendor, names in asked.items() for name in names
            if not FAMILIES[vendor].asks_in_vain.fullmatch(name)] == []  # fmt: skip


def test_a_key_beyond_the_first_page_sits_on_its_page() -> None:
    found = device("Fanvil", keys=(DeviceKey(7, KeyType.SPEED, "Taxi", "999"),)).seat(7)

    assert (found.module, found.number, found.page, found.row) == (0, 8, 2, 2)
