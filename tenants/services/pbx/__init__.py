"""The PBXs of this installation: who is on which, what people change about them, and what was seen of them."""

from tenants.services.pbx.places import pbx_of

__all__ = ["pbx_of"]
