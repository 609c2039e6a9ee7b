"""How much one assignment takes (BLK-12 to BLK-15)."""

MOST_USERS = 15_000
MOST_BYTES = 5 * 1024 * 1024
MOST_NAME = 100
# What is kept of a cell that is too long to be anything: enough to recognise it.
MOST_KEPT = 200
# What a workbook may become when it is unpacked, and how many parts it may have.
MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 200
