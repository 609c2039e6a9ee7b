"""The Customer Access Portal, on the management host."""

from django.urls import path

from customers.views import cap

app_name = "cap"
urlpatterns = [
    path("<int:number>/", cap.CapLicences.as_view(), name="licences"),
    path("<int:number>/history/", cap.CapHistory.as_view(), name="history"),
    path("<int:number>/<slug:sku>/buy/", cap.Buy.as_view(), name="buy"),
    path("<int:number>/<slug:sku>/cancel/", cap.Cancel.as_view(), name="cancel"),
]
