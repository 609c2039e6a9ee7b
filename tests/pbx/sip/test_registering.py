"""Who gets in: what the portal shows registers a telephone, and nothing else does."""

from dataclasses import replace

import pytest

from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.waking import wake
from extensions.services.secrets import regenerate_sip_password
from portal.run.asterisk.installed import SipTools
from tests.pbx.sip.stage import Company, Stage
from tests.pbx.sip.telephones import SignIn
from tests.pbx.sip.watchers import Refused, Watcher
from tests.pbx.sipp import passes, sign_in

pytestmark = [pytest.mark.pbx]


def answer_to(stage: Stage, with_what: SignIn) -> int:
    """What the PBX answers to a registration."""
    with Watcher(stage.pbx.sip_port, with_what) as phone:
        try:
            phone.register()
        except Refused as refused:
            return refused.code
    return 200


def test_what_the_portal_shows_registers_a_telephone(stage: Stage, alpha: Company, sip_tools: SipTools) -> None:
    shown = alpha.sign_in("105")

    right = passes(sip_tools, stage.pbx.sip_port, "register",
                   (shown.number, shown.domain, sign_in(shown.username, shown.password)))  # fmt: skip
    wrong = passes(sip_tools, stage.pbx.sip_port, "register",
                   (shown.number, shown.domain, sign_in(shown.username, "guessed")))  # fmt: skip

    assert (right, wrong) == (True, False)
    contacts = {one.get("Endpoint") for one in stage.ears.listing("PJSIPShowContacts")}
    assert f"105@{alpha.domain}" in contacts


def test_nothing_but_the_whole_truth_gets_in(stage: Stage, alpha: Company, beta: Company) -> None:
    shown = alpha.sign_in("105")

    assert answer_to(stage, replace(shown, password="guessed")) == 401
    assert answer_to(stage, replace(shown, username="105")) == 401
    assert answer_to(stage, replace(shown, domain="nobody.example")) in (401, 403, 404)
    assert answer_to(stage, replace(shown, number="199")) in (401, 403, 404)


def test_a_sign_in_is_worth_nothing_at_another_company(stage: Stage, alpha: Company, beta: Company) -> None:
    shown = alpha.sign_in("107")  # the other company has that number, too

    assert answer_to(stage, replace(shown, domain=beta.domain)) == 401
    assert answer_to(stage, shown) == 200


@pytest.mark.feature("PRS-02")
def test_the_pbx_looks_after_a_telephone_when_it_is_asked(stage: Stage, alpha: Company) -> None:
    with Watcher(stage.pbx.sip_port, alpha.sign_in("105")) as phone:
        phone.register().looked_after(1)

        stage.ears.run(wake, [Message((("Endpoint", f"105@{alpha.domain}"), ("Status", "NonQualified")))])

        phone.looked_after(2)


@pytest.mark.feature("EXT-11")
def test_a_new_password_makes_the_old_one_worthless(stage: Stage, alpha: Company) -> None:
    old = alpha.sign_in("105")
    with alpha.pages() as by:
        regenerate_sip_password(extension=alpha.extension("105"), by=by)
    stage.bring()

    assert answer_to(stage, old) == 401
    assert answer_to(stage, alpha.sign_in("105")) == 200
