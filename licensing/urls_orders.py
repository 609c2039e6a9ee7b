"""Links of the tenant's pages to the Customer Access Portal."""

from django.urls import path

from licensing.views import orders

app_name = "orders"
urlpatterns = [
    path("buy/", orders.Buying.as_view(), name="buying"),
    path("buy-extensions/", orders.BuyExtensions.as_view(), name="buy_extensions"),
    path("cancel-extensions/", orders.CancelExtensions.as_view(), name="cancel_extensions"),
]
