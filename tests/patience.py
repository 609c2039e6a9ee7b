"""How long the tests wait for what has to happen. A machine that does much else says nothing about what is tested."""

PATIENCE = 30.0  # seconds; only a test that fails waits so long
