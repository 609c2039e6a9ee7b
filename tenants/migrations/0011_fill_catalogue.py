"""The licences that are sold, and what each costs a month. Prices are changed in the database, never here."""

from django.db import migrations

# code, name, kind, several for each extension, what it needs, a month in cents of EUR
SKUS = [
    ("phone_system", "Phone System", "base", False, [], 790),
    ("device_ip_phone", "IP Phone", "addon", False, [], 150),
    ("device_desktop_app", "Desktop App", "addon", True, [], 200),
    ("device_mobile_app", "Mobile App", "addon", True, [], 200),
    ("device_web_rtc", "Web Phone", "addon", False, [], 200),
    ("device_sim", "SIM", "addon", False, ["license_number", "mobile_number"], 690),
    ("call_recording", "Call Recording", "addon", False, [], 300),
    ("team_chat", "Team Chat", "addon", False, [], 120),
    ("license_center", "Contact Centre", "addon", False, ["phone_system"], 1490),
    ("license_dnc_checking_enabled", "DNC Checking", "addon", False, [], 250),
    ("license_number", "Number", "number", False, [], 100),
]
CURRENCIES = {"EUR": 100, "USD": 110, "GBP": 86, "SGD": 145}  # percent of the amount in EUR


def fill(apps, schema_editor):
    sku_model, price_model = apps.get_model("tenants", "Sku"), apps.get_model("tenants", "Price")
    for position, (code, name, kind, many, requires, cents) in enumerate(SKUS):
        base = "" if kind == "base" else "phone_system"
        sku = sku_model.objects.create(
            code=code, name=name, kind=kind, base=base, many=many, requires=requires, position=position
        )
        price_model.objects.bulk_create(
            price_model(sku=sku, currency=currency, monthly_minor=round(cents * percent / 100))
            for currency, percent in CURRENCIES.items()
        )


class Migration(migrations.Migration):
    dependencies = [("tenants", "0010_catalogue")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
