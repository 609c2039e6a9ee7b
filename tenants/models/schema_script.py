"""The prepared script that builds the structure of a tenant's schema."""

from django.db import models


class SchemaScript(models.Model):
    """One per migration state; `sql` names the blank schema, which is replaced when a tenant is made."""

    fingerprint = models.CharField(max_length=64, primary_key=True)
    sql = models.TextField()
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.fingerprint[:12]
