"""The codes of licences that the program itself speaks of; the others are only rows of the catalogue."""

PHONE_SYSTEM = "phone_system"  # the base licence: one for each extension
NUMBER = "license_number"  # one for each outside number that rings an extension
SIM = "device_sim"
MOBILE_NUMBER = "mobile_number"  # no licence: what a SIM needs on its extension (LIC-11)
