"""Sign-ins of telephones that are drawn for a whole set."""

from collections import Counter

import pytest

from extensions.services.secrets import PASSWORD_LENGTH, USERNAME_LENGTH, new_sip_password, new_sip_sign_ins


def test_a_set_gets_as_many_as_asked_all_different_and_as_long_as_single_ones() -> None:
    names, passwords = new_sip_sign_ins(2000)

    assert len(set(names)) == len(set(passwords)) == 2000
    assert {len(name) for name in names} == {USERNAME_LENGTH}
    assert {len(word) for word in passwords} == {PASSWORD_LENGTH} == {len(new_sip_password())}
    assert new_sip_sign_ins(0) == ([], [])


@pytest.mark.feature("EXT-01")
def test_every_sign_is_drawn_equally_often() -> None:
    signs = Counter("".join(new_sip_sign_ins(5000)[1]))

    expected = 5000 * PASSWORD_LENGTH / len(signs)
    assert not set(signs) & set("0O1lI")
    assert all(abs(count - expected) < 6 * expected**0.5 for count in signs.values())
