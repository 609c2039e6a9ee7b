"""Settings of the telephone system."""

from django.urls import path

from extensions.views.limits import LimitsPage
from extensions.views.queue_parameters import QueueParametersEdit, QueueParametersPage, QueueParametersPublish
from extensions.views.targets import Targets

urlpatterns = [
    path("-/targets/", Targets.as_view(), name="targets"),
    path("limits/", LimitsPage.as_view(), name="limits"),
    path("settings/queues/", QueueParametersPage.as_view(), name="queue_parameters"),
    path("settings/queues/edit/", QueueParametersEdit.as_view(), name="queue_parameters_edit"),
    path("settings/queues/publish/", QueueParametersPublish.as_view(), name="queue_parameters_publish"),
]
