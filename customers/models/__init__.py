from customers.models.contact import Contact
from customers.models.customer import Customer

__all__ = ["Contact", "Customer"]
