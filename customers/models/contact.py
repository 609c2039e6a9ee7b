"""People at a customer."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Contact(models.Model):
    """A person to write to or to call (REG-13)."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="contacts")
    name = models.CharField(_("Full name"), max_length=150)
    email = models.EmailField(_("E-mail address"))
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    company = models.CharField(_("Company"), max_length=150, blank=True)
    street = models.CharField(_("Street"), max_length=150, blank=True)
    city = models.CharField(_("City"), max_length=100, blank=True)
    postal_code = models.CharField(_("Postal code"), max_length=20, blank=True)
    country = models.CharField(_("Country"), max_length=2, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint("customer", Lower("email"), name="contact_email_unique")]

    def __str__(self) -> str:
        return self.name
