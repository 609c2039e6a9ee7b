"""Reads about subscription requests and the registration form."""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from portal.accounts.models import User
from portal.accounts.models.user import UserKind
from portal.permissions import Perm
from tenants.models import (
    Audience,
    Platform,
    RegistrationDraft,
    RequestState,
    SubscriptionRequest,
    TemplateState,
    TemplateVersion,
)


def offered_versions(person: User) -> list[TemplateVersion]:
    """The latest version of each published template that is offered to `person`, the default first (REG-04, TPL-08)."""
    latest = TemplateVersion.objects.filter(template=OuterRef("template")).order_by("-number").values("pk")[:1]
    offered = TemplateVersion.objects.filter(
        pk=Subquery(latest), template__state=TemplateState.PUBLISHED, template__audience__in=_audiences_of(person)
    )
    return list(offered.select_related("template").order_by("-template__is_default", "name", "pk"))


def _audiences_of(person: User) -> list[Audience]:
    if person.may(Perm.REQUEST_READ):
        return list(Audience)
    if person.kind in (UserKind.PROSPECT, UserKind.VISITOR):
        return [Audience.SELF_SERVICE]
    return [Audience.RESELLER, Audience.SELF_SERVICE]


def draft_of(person: User) -> RegistrationDraft:
    """What this person has typed so far; a new one, not saved yet, where there is none."""
    drafts = RegistrationDraft.objects.select_related("template_version__template", "template_version__schema")
    return drafts.filter(user=person).first() or RegistrationDraft(user=person)


def registration_open(person: User | None = None) -> bool:
    """Whether the form may be used: by prospects only while the switch is on, by everybody else always (REG-01)."""
    if person is not None and person.is_authenticated and person.kind != UserKind.PROSPECT:
        return True
    return Platform.objects.filter(pk=1, self_registration=True).exists()


def requests_of(person: User) -> QuerySet[SubscriptionRequest]:
    """The requests that `person` may see: operators all, everybody else their own (REG-16)."""
    found = SubscriptionRequest.objects.select_related("requester", "template_version", "tenant")
    return found if person.may(Perm.REQUEST_READ) else found.filter(requester=person)


def own_requests(person: User) -> QuerySet[SubscriptionRequest]:
    """The requests that `person` made."""
    return SubscriptionRequest.objects.select_related("requester", "template_version").filter(requester=person)


def place_in_line(request: SubscriptionRequest) -> int:
    """How many scheduled requests start before this one (REG-21)."""
    earlier = Q(submitted_at__lt=request.submitted_at) | Q(submitted_at=request.submitted_at, pk__lt=request.pk)
    return SubscriptionRequest.objects.filter(earlier, state=RequestState.SCHEDULED).count()
