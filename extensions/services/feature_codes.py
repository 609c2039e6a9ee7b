"""The codes that telephones dial to switch something: changing, switching off, back to the usual one (TPL-02)."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.callflow.dialling import WITH_ARGUMENT
from extensions.models import DialNumber, Feature, FeatureCode, SpeedDial
from extensions.seeding import CODES
from extensions.services.configuration import configuration_changed
from extensions.services.speed_dials.codes import lock_codes
from portal.accounts.models import User
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from portal.core.versions import lock_version

_SHAPE = re.compile(r"\*\*|\*[0-9]{1,4}")


class NotACode(DomainError):
    """A feature code is a star with digits, or two stars."""


class CodeTaken(DomainError):
    """The code means something else already."""


class CodeUnclear(DomainError):
    """A code with a number behind it would begin like another one: telephones could not tell them apart."""


@transaction.atomic
def change_feature_code(
    *, feature_code: FeatureCode, code: str, enabled: bool, by: User, version: int | None = None
) -> FeatureCode:
    """Give a feature another code, or switch it on or off, and return it.

    Raises NotACode, CodeTaken and CodeUnclear on `code`, and ChangedMeanwhile. A code that is switched off keeps its
    own, but stands in nobody's way.
    """
    locked: FeatureCode = lock_version(FeatureCode, feature_code.pk, version)
    if not _SHAPE.fullmatch(code):
        raise NotACode(_("Use a star and 1 to 4 digits, for example *72, or two stars."), field="code")
    lock_codes()
    _demand_free(locked, code, enabled)
    if enabled:
        _demand_clear(locked, code)
    locked.code, locked.enabled = code, enabled
    taken = CodeTaken(_("Somebody took this code a moment ago. Choose another."), field="code")
    with refusing({"feature_code_code_once": taken, "dial_number_unique": taken}):
        locked.save()
    configuration_changed(by=by)
    return locked


@transaction.atomic
def reset_feature_code(*, feature_code: FeatureCode, by: User) -> FeatureCode:
    """Give a feature its usual code back and switch it on. Raises as change_feature_code does."""
    usual = CODES[Feature(feature_code.feature)]
    return change_feature_code(feature_code=feature_code, code=usual, enabled=True, by=by)


def _demand_free(own: FeatureCode, code: str, enabled: bool) -> None:
    other = FeatureCode.objects.filter(code=code).exclude(pk=own.pk).first()
    if other is not None:
        raise CodeTaken(_taken(code, str(Feature(other.feature).label)), field="code")
    if not enabled:
        return
    dial = SpeedDial.objects.filter(code=code).first()
    if dial is not None:
        raise CodeTaken(_taken(code, _("speed dial “%(label)s”") % {"label": dial.label}), field="code")
    used = DialNumber.objects.filter(number=code).exclude(kind="feature", owner_id=own.pk).first()
    if used is not None:
        raise CodeTaken(_taken(code, used.get_kind_display()), field="code")


def _demand_clear(own: FeatureCode, code: str) -> None:
    others = {one.code: Feature(one.feature) for one in FeatureCode.objects.filter(enabled=True).exclude(pk=own.pk)}
    named = {text: str(feature.label) for text, feature in others.items()}
    named |= {text: _("a speed dial") for text in SpeedDial.objects.values_list("code", flat=True)}
    for text, name in sorted(named.items()):
        shadows = own.feature in WITH_ARGUMENT and text.startswith(code)
        shadowed = others.get(text) in WITH_ARGUMENT and code.startswith(text)
        if shadows or shadowed:
            raise CodeUnclear(
                _("%(code)s and %(other)s (%(name)s) begin alike, and a number can follow one of them.")
                % {"code": code, "other": text, "name": name},
                field="code",
            )


def _taken(code: str, name: str) -> str:
    return _("%(code)s is in use already: %(name)s.") % {"code": code, "name": name}
