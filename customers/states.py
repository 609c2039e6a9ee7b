"""How the states of this app's objects look."""

from customers.models import PurchaseState
from portal.core.chips import set_tones

set_tones({PurchaseState.ACTIVE: "good", PurchaseState.CANCELLING: "scheduled", PurchaseState.ENDED: "cancelled"})
