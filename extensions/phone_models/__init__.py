"""What telephones can do: makers, models, how many keys stand where. Public facts only, nothing of a tenant's."""

from extensions.phone_models.catalogue import GENERIC, MODELS, model_of, vendors
from extensions.phone_models.layout import Place, Sheet, place_of, sheets
from extensions.phone_models.makers import maker_of
from extensions.phone_models.shape import ModuleModel, PhoneModel

__all__ = [
    "GENERIC",
    "MODELS",
    "ModuleModel",
    "PhoneModel",
    "Place",
    "Sheet",
    "maker_of",
    "model_of",
    "place_of",
    "sheets",
    "vendors",
]
