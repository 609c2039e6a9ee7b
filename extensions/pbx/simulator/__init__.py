"""A PBX that is not there: the same interface, believable calls, and it says on every page that it is one (PBX-12)."""
