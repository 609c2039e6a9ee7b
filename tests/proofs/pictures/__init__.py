"""The parts of `bin/prove pictures`."""
