"""“View Audit Log”: everything about one tenant and its customer (AUD-01)."""

import pytest

from customers.models import Contact, Customer
from portal.audit.selectors import entries_about, latest_entries
from tenants.models import Tenant


@pytest.mark.feature("AUD-01")
def test_the_log_of_a_customer_tells_its_creation_and_every_modification(alpha: Tenant, beta: Tenant) -> None:
    customer = Customer.objects.create(tenant=alpha, name="Alpha")
    gone = Contact.objects.create(customer=customer, name="Jane", email="jane@alpha.example")
    Contact.objects.create(customer=Customer.objects.create(tenant=beta, name="Beta"), name="Bo", email="bo@b.example")
    alpha.name = "Alpha Phones"
    alpha.save()
    gone.delete()

    found = entries_about(alpha, customer, None, parts={"customers.contact": ("customer", customer.pk)})

    facts = [(entry.table, entry.message, entry.object_repr) for entry in found.order_by("pk")]
    assert facts[0][:2] == ("Tenant", "New")
    assert facts[-4:] == [
        ("Customer", "New", "Alpha"),
        ("Contact", "New", "Jane"),
        ("Tenant", "Update", "Alpha Phones"),
        ("Contact", "Delete", "Jane"),
    ]


def test_the_newest_rows_come_first(alpha: Tenant) -> None:
    alpha.name = "Alpha Phones"
    alpha.save()

    assert latest_entries(1)[0].object_repr == "Alpha Phones"
