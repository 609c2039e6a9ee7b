"""The parts of `bin/prove journey`."""
