from customers.models.contact import Contact
from customers.models.customer import Customer
from customers.models.purchase import Purchase, PurchaseState

__all__ = ["Contact", "Customer", "Purchase", "PurchaseState"]
