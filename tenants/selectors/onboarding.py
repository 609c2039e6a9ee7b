"""The seven steps of the Multi-Tenant Onboarding Notes: their words, and which are done (PLT-06)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tenants.models import Platform


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `url_name` leads to where it is done."""

    number: int
    title: Any
    text: Any
    url_name: str = ""
    label: Any = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of the checklist. `by_fact`: the installation itself shows that it is done, so nobody can untick it."""

    step: Step
    done: bool
    by_fact: bool


STEPS = (
    Step(1, _("Understand the first tenant"), _("The first tenant (instance 1) is not usable as a customer.")),
    Step(
        2,
        _("Use proper FQDN naming"),
        _("Use your own company name, or another name related to your company, for the FQDN."),
        "tenants:platform",
        _("Open settings"),
    ),
    Step(
        3,
        _("Use the first instance for management"),
        _("The first instance is mainly used for the management of the server."),
        "accounts:users",
        _("Open users"),
    ),
    Step(
        4,
        _("Add customers from the second instance onward"),
        _("Each customer becomes a tenant of its own: instance 2, instance 3, and so on."),
        "register:template",
        _("New tenant"),
    ),
    Step(
        5,
        _("Follow the FQDN and multi-tenancy procedure"),
        _("Give each tenant its own FQDN, made from the customer's name, and let its DNS name lead to this server."),
        "tenants:list",
        _("Open tenants"),
    ),
    Step(
        6,
        _("Manage main settings from the Customer Access Portal"),
        _("Main settings, such as buying and cancelling extensions, are made in the Customer Access Portal."),
        "tenants:list",
        _("Choose a tenant"),
    ),
    Step(
        7,
        _("Know the reboot and maintenance controls"),
        _("Reboot, update and service restart are found in the Customer Access Portal and in the first instance."),
    ),
)

COMPONENTS = (
    (_("First Tenant / Instance 1"), _("Reserved for management (not usable)")),
    (_("Instance 2 onward"), _("Customer tenants")),
    (_("FQDN"), _("Use company or relevant customer name")),
    (_("CAP Portal"), _("Buy / Cancel extensions")),
    (_("System Controls"), _("Reboot / Update / Service restart (CAP portal & first instance)")),
)

ADD_CUSTOMERS = 4  # the installation shows by itself that this is done; everything else is ticked by an operator


def checklist(platform: Platform, *, customers: bool) -> list[Progress]:
    """The seven steps in order, with what is done; `customers` is whether there is a customer's tenant."""
    shown = {ADD_CUSTOMERS} if customers else set()
    done = shown.union(platform.onboarding_done)
    return [Progress(step, done=step.number in done, by_fact=step.number in shown) for step in STEPS]
