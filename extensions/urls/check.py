"""The configuration check."""

from django.urls import path

from extensions.views.check import CheckNow, CheckPage, CheckRepair

urlpatterns = [
    path("check/", CheckPage.as_view(), name="check"),
    path("check/run/", CheckNow.as_view(), name="check_now"),
    path("check/<int:pk>/repair/", CheckRepair.as_view(), name="check_repair"),
]
