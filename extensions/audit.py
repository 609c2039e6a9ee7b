"""Which of this app's tables the audit log watches."""

from django.utils.translation import gettext_lazy as _

from extensions.models import Extension, QueueParameters
from portal.audit.registry import audited

audited(Extension, label=_("Extension"))
audited(QueueParameters, label=_("Queue parameters"))
