"""Feature codes."""

from django.urls import path, re_path

from extensions.views.feature_codes import FeatureCodeEdit, FeatureCodeReset, FeatureCodes

_ONE = r"^settings/feature-codes/(?P<feature>[a-z_]{3,16})"

urlpatterns = [
    path("settings/feature-codes/", FeatureCodes.as_view(), name="feature_codes"),
    re_path(rf"{_ONE}/edit/$", FeatureCodeEdit.as_view(), name="feature_code_edit"),
    re_path(rf"{_ONE}/reset/$", FeatureCodeReset.as_view(), name="feature_code_reset"),
]
