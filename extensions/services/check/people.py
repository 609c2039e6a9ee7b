"""What is missing around people: PINs, telephones, a second step at sign-in."""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.models import Mailbox
from extensions.services.check.problems import Problem, Survey, called
from portal.accounts.models import User
from portal.core.sentences import Sentence
from portal.permissions import BuiltinRole


def boxes_without_pin(survey: Survey) -> Iterator[Problem]:
    """Voicemail that is on without a PIN, of extensions that somebody can be written to about."""
    return _without_pin(survey, addressed=True)


def boxes_without_pin_and_address(survey: Survey) -> Iterator[Problem]:
    """Voicemail that is on without a PIN, where no e-mail address is known: only a person can choose one."""
    return _without_pin(survey, addressed=False)


def full_boxes(survey: Survey) -> Iterator[Problem]:
    """Voicemail boxes in which no message has room any more, as the telephone system reports."""
    most = int(survey.snapshot.company["voicemail.box_minutes"].value) * 60
    for box in Mailbox.objects.select_related("extension").filter(used_seconds__gte=most).order_by("pk"):
        text = Sentence(_("Callers hear that it is full. Delete messages, or give boxes more room."))
        yield Problem(str(box.pk), str(box), text, reverse("extensions:mailbox", args=[box.pk]))


def extensions_without_telephone(survey: Survey) -> Iterator[Problem]:
    """Extensions in service that no telephone is registered for."""
    for one in survey.snapshot.extensions.values():
        if not one.suspended and one.id not in survey.with_telephone:
            text = Sentence(_("No telephone is registered for it: its calls go where they go when none is connected."))
            yield Problem(str(one.id), called(one), text, reverse("extensions:devices", args=[one.number]))


def administrators_without_second_step(survey: Survey) -> Iterator[Problem]:
    """Owners and administrators who sign in with nothing but a password."""
    steps = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    people = User.objects.people().filter(
        is_active=True, roles__code__in=[BuiltinRole.OWNER.value, BuiltinRole.ADMIN.value]
    )
    for one in people.filter(~Exists(steps)).distinct().order_by("pk"):
        text = Sentence(_("Signs in with a password only. Whoever learns it can change everything here."))
        yield Problem(str(one.pk), str(one), text, reverse("accounts:user", args=[one.pk]))


def _without_pin(survey: Survey, *, addressed: bool) -> Iterator[Problem]:
    lacking = [
        one
        for one in survey.snapshot.extensions.values()
        if one.settings["voicemail.enabled"].value and one.id not in survey.with_pin and not one.suspended
    ]
    known = survey.with_address if lacking else frozenset()
    for one in lacking:
        if (one.id in known) is addressed:
            text = Sentence(_("Its voicemail is on without a PIN: messages can only be heard from its own telephone."))
            url = _box_page(one.mailbox_id, one.number) if addressed else reverse("extensions:edit", args=[one.number])
            yield Problem(str(one.id), called(one), text, url)


def _box_page(mailbox: int | None, number: str) -> str:
    if mailbox is None:
        return reverse("extensions:extension_voicemail", args=[number])
    return reverse("extensions:mailbox_pin", args=[mailbox])
