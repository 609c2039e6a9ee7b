"""Who the demonstration is about. Every address ends in a name that leads nowhere."""

from dataclasses import dataclass

STANDARD, CONTACT_CENTRE, NIGHT = "Standard", "Contact centre", "Hotel"
TEMPLATES = [
    {
        "name": CONTACT_CENTRE,
        "description": "Queues with callback for teams that answer customers all day.",
        "services": "Phone system\nQueues with callback\nMore channels",
        "product": "Contact centre",
        "audience": "self_service",
        "approval": "required",
        "max_extensions": 200,
        "max_channels": 60,
        "price": "149.00",
    },
    {
        "name": NIGHT,
        "description": "An extension for every room. Created at night, when the exchanges are quiet.",
        "services": "Phone system\nRoom extensions",
        "product": "Phone System",
        "audience": "reseller",
        "start": "off_peak",
        "max_extensions": 120,
        "max_channels": 20,
        "price": "79.00",
    },
]


@dataclass(frozen=True, slots=True)
class Desk:
    """One extension: its number, who sits there, and the mailbox of a person who gets a sign-in."""

    number: str
    first_name: str
    last_name: str = ""
    mobile: str = ""
    mailbox: str = ""


@dataclass(frozen=True, slots=True)
class Company:
    """What is typed on the three tabs, and the desks of a company whose tenant is created."""

    template: str
    tenant: dict[str, str]
    contact: dict[str, str]
    desks: tuple[Desk, ...] = ()
    callback: str = ""
    suspended_desk: str = ""
    mail_domain: str = ""


def _contact(name: str, email: str, phone: str, place: tuple[str, str, str, str, str]) -> dict[str, str]:
    company, street, city, postal_code, country = place
    return {
        "contact_name": name,
        "contact_email": email,
        "contact_phone": phone,
        "company": company,
        "street": street,
        "city": city,
        "postal_code": postal_code,
        "country": country,
    }


def _tenant(name: str, short_name: str, upn_suffix: str, user_name: str, ani: str) -> dict[str, str]:
    return {
        "name": name,
        "short_name": short_name,
        "upn_suffix": upn_suffix,
        "fqdn": "",
        "user_name": user_name,
        "ani": ani,
    }


KENTON = Company(
    template=STANDARD,
    tenant=_tenant("KentonElectronics", "ke", "kenton-electronics.com", "keAdmin", "+442079460100"),
    contact=_contact(
        "Jane Kenton",
        "jane.kenton@kenton-electronics.example",
        "+442079460101",
        ("Kenton Electronics Ltd", "14 Foundry Lane", "London", "SE1 9PD", "GB"),
    ),
    mail_domain="kenton-electronics.example",
    desks=(
        Desk("101", "Reception"),
        Desk("102", "Jane", "Kenton", "+447700900102", mailbox="jane.kenton"),
        Desk("103", "Marcus", "Adeyemi", "+447700900103", mailbox="marcus.adeyemi"),
        Desk("104", "Priya", "Raman", mailbox="priya.raman"),
        Desk("105", "Tom", "Whitfield", "+447700900105"),
        Desk("106", "Hannah", "Osei", "+447700900106", mailbox="hannah.osei"),
        Desk("107", "Viktor", "Lindqvist", "+447700900107", mailbox="viktor.lindqvist"),
        Desk("120", "Warehouse"),
        Desk("121", "Declan", "O'Brien"),
        Desk("131", "Lucy", "Harper", mailbox="lucy.harper"),
        Desk("132", "Samir", "Haddad", mailbox="samir.haddad"),
        Desk("133", "Grace", "Nolan", mailbox="grace.nolan"),
        Desk("139", "Repair", "Workshop"),
        Desk("190", "Meeting", "Room Ohm"),
        Desk("191", "Meeting", "Room Volt"),
        Desk("210", "Amelia", "Clarke", "+447700900110", mailbox="amelia.clarke"),
        Desk("211", "Ben", "Carter", "+447700900111", mailbox="ben.carter"),
    ),
    suspended_desk="105",
)
HARBOUR = Company(
    template=STANDARD,
    tenant=_tenant("HarbourClinic", "hc", "harbour-clinic.example", "hcAdmin", "+6561234500"),
    contact=_contact(
        "Mei Tan",
        "mei.tan@harbour-clinic.example",
        "+6561234501",
        ("Harbour Clinic Pte Ltd", "9 Robinson Road", "Singapore", "048544", "SG"),
    ),
    mail_domain="harbour-clinic.example",
    desks=(
        Desk("1001", "Front", "Desk"),
        Desk("1002", "Mei", "Tan", "+6581234502", mailbox="mei.tan"),
        Desk("1003", "Dr Arjun", "Nair", "+6581234503", mailbox="arjun.nair"),
        Desk("1004", "Dr Sofia", "Lim", mailbox="sofia.lim"),
        Desk("1010", "Pharmacy"),
        Desk("1020", "Ward", "Nurse"),
        Desk("1021", "Laboratory"),
    ),
    callback="callback@harbour-clinic.example",
)
NORDWIND = Company(
    template=STANDARD,
    tenant=_tenant("NordwindLogistik", "nw", "nordwind-logistik.example", "nwAdmin", "+494012345600"),
    contact=_contact(
        "Jürgen Weiß",
        "juergen.weiss@nordwind-logistik.example",
        "+494012345601",
        ("Nordwind Logistik GmbH", "Speicherstraße 8", "Hamburg", "20457", "DE"),
    ),
    mail_domain="nordwind-logistik.example",
    desks=(
        Desk("300", "Zentrale"),
        Desk("301", "Jürgen", "Weiß", mailbox="juergen.weiss"),
        Desk("302", "Ayşe", "Yılmaz", "+4915112345602", mailbox="ayse.yilmaz"),
        Desk("310", "Disposition", "Nord"),
        Desk("311", "Disposition", "Süd"),
    ),
    callback="rueckruf@nordwind-logistik.example",
)
CREATED = (KENTON, HARBOUR, NORDWIND)

AWAITING = Company(
    template=CONTACT_CENTRE,
    tenant=_tenant("BlueRiverSchools", "brs", "blue-river.example", "brsAdmin", "+35312345600"),
    contact=_contact(
        "Aoife Byrne",
        "aoife.byrne@blue-river.example",
        "+35312345601",
        ("Blue River Schools", "2 College Green", "Dublin", "D02 VR66", "IE"),
    ),
)
REJECTED = Company(
    template=CONTACT_CENTRE,
    tenant=_tenant("PixelBakery", "pb", "pixel-bakery.example", "pbAdmin", "+33123456700"),
    contact=_contact(
        "Claire Martin",
        "claire.martin@pixel-bakery.example",
        "+33123456701",
        ("Pixel Bakery SARL", "5 rue des Lilas", "Paris", "75011", "FR"),
    ),
)
CANCELLED = Company(
    template=CONTACT_CENTRE,
    tenant=_tenant("LumenStudio", "lumen", "lumen-studio.example", "lumenAdmin", "+390612345600"),
    contact=_contact(
        "Paolo Ricci",
        "paolo.ricci@lumen-studio.example",
        "+390612345601",
        ("Lumen Studio", "Via Appia 12", "Roma", "00183", "IT"),
    ),
)
SCHEDULED = Company(
    template=NIGHT,
    tenant=_tenant("OrchardHotels", "oh", "orchard-hotels.example", "ohAdmin", "+6567654300"),
    contact=_contact(
        "Wei Ling Koh",
        "weiling.koh@orchard-hotels.example",
        "+6567654301",
        ("Orchard Hotels Pte Ltd", "21 Orchard Road", "Singapore", "238823", "SG"),
    ),
)
