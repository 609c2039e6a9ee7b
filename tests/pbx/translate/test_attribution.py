"""Whose an event is: tenant id, account code, domain, context, and otherwise nobody's (SEC-16)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extensions.pbx.asterisk.translate.attribution import Attribution, endpoint_of
from tests.pbx.translate.conftest import DOMAINS

ACME, GLOBEX = "PJSIP/101@acme.example.com-0000002a", "PJSIP/101@globex.example.com-0000002a"
TRUNK = "PJSIP/trunk-3-0000002a"


@pytest.mark.parametrize(
    ("stated", "names", "context", "tenant"),
    [
        (("t2", ""), (TRUNK,), "from-trunk", "t2"),
        (("", "t2"), (TRUNK,), "from-trunk", "t2"),
        (("", ""), (ACME,), "default", "t2"),
        (("", ""), ("PJSIP/101@ACME.example.COM",), "", "t2"),
        (("", ""), (TRUNK,), "t2-inbound", "t2"),
        (("t2", "t2"), (ACME,), "t3-internal", "t2"),
        (("t2", ""), ("PJSIP/101@old-name.example.com-0000002a",), "", "t2"),
    ],
    ids=["tenant id", "account code", "domain", "domain's case", "context", "context says least", "renamed"],
)
def test_what_names_one_tenant_is_its(
    stated: tuple[str, ...], names: tuple[str, ...], context: str, tenant: str
) -> None:
    assert Attribution(DOMAINS).tenant(stated, names, context) == tenant


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        (("t2", ""), (GLOBEX,)),
        (("t3", "t2"), (TRUNK,)),
        (("", "t3"), (ACME,)),
        (("t9", ""), (ACME,)),
        (("t9", "t9"), (TRUNK,)),
        (("", ""), (ACME, GLOBEX)),
        (("T2", ""), ()),
        (("t2 ", ""), ()),
    ],
)
def test_a_contradiction_or_an_unknown_tenant_is_nobodys(stated: tuple[str, ...], names: tuple[str, ...]) -> None:
    assert Attribution(DOMAINS).tenant(stated, names, "t2-internal") is None


@pytest.mark.parametrize("context", ["", "t2", "t2internal", "t9-internal", "from-trunk", "xt2-internal"])
def test_what_says_nothing_is_nobodys(context: str) -> None:
    assert Attribution(DOMAINS).tenant(("", ""), (TRUNK,), context) == ""


def test_a_new_tenant_is_learnt_while_events_come() -> None:
    attribution = Attribution(DOMAINS)

    attribution.learn({**DOMAINS, "new.example.com": "t4"})

    assert attribution.tenant((), ("PJSIP/101@new.example.com",)) == "t4"


@pytest.mark.parametrize(
    ("name", "endpoint"),
    [
        ("PJSIP/101@acme.example.com-0000002a", ("101", "acme.example.com")),
        ("PJSIP/101@acme.example.com-0000002a<ZOMBIE>", ("101", "acme.example.com")),
        ("101@acme.example.com", ("101", "acme.example.com")),
        ("PJSIP/trunk-3-0000002a", ("", "")),
        ("Local/17@t2-member-00000001;1", ("", "")),
        ("PJSIP/1@a@acme.example.com-0000002a", ("", "")),
        ("PJSIP/1/x@acme.example.com", ("", "")),
        ("", ("", "")),
    ],
)
def test_the_endpoint_in_a_name(name: str, endpoint: tuple[str, str]) -> None:
    assert endpoint_of(name) == endpoint


@given(st.lists(st.sampled_from(["", "t2", "t3", "t9", "t2\n"]), max_size=3), st.text(), st.text())
def test_no_evidence_leads_to_a_tenant_it_does_not_name(stated: list[str], name: str, context: str) -> None:
    tenant = Attribution(DOMAINS).tenant(stated, (name,), context)

    assert tenant in ("", None) or {slug for slug in stated if slug} <= {tenant}
