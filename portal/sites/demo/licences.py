"""What the demonstration's companies have bought, and who of them uses it."""

from datetime import datetime

from customers.offers import offers_of
from customers.services.orders import buy_licences, quote_for_purchase
from extensions.models import Extension, OutsideNumber
from licensing.services.addons import change_addons
from licensing.services.numbers import change_number
from portal.accounts.models import User
from tenants.models import NumberKind, Tenant
from tenants.services.numbers import give_numbers, register_numbers

BOUGHT = {
    "license_number": 6, "device_ip_phone": 15, "device_mobile_app": 10, "device_desktop_app": 8,
    "call_recording": 5, "team_chat": 20, "license_center": 3, "device_sim": 2,
}  # fmt: skip
NUMBERS = 8  # behind the company's main number


def stock(tenant: Tenant, *, by: User, at: datetime) -> None:
    """Add-ons and number licences that `by` bought, and numbers that follow the company's main one."""
    main = int(tenant.ani.removeprefix("+"))
    numbers = [f"+{main + n}" for n in range(11, 11 + NUMBERS)]
    made = register_numbers(numbers=numbers, kind=NumberKind.GEOGRAPHIC, country=tenant.country)
    give_numbers(ids=[row.pk for row in made], tenant=tenant)
    for offer in offers_of(tenant):
        if offer.code in BOUGHT:
            quote = quote_for_purchase(tenant=tenant, offer=offer, quantity=BOUGHT[offer.code], at=at)
            buy_licences(tenant=tenant, offer=offer, quote=quote, by=by, at=at)


def hand_out(*, by: User, at: datetime) -> None:
    """Numbers for the first people, and add-ons for most."""
    people = list(Extension.objects.filter(user__isnull=False).order_by("number"))
    for extension, number in zip(people[:4], OutsideNumber.objects.order_by("e164"), strict=False):
        change_number(extension=extension, number=number, by=by, at=at)
    everybody = [extension.pk for extension in people]
    change_addons(extensions=everybody, addons={"team_chat": 1, "device_ip_phone": 1}, by=by)
    change_addons(extensions=everybody[:3], addons={"device_mobile_app": 2, "call_recording": 1}, by=by)
