"""The two sample files, with exactly the columns and rows of the manual (BLK-06, BLK-07)."""

from licensing.bulk.reading.columns import Kind, heading_of

_ROWS = {
    Kind.NAME: (("101", "Tony", "+6512345678"), ("102", "Jane", "")),
    Kind.UUID: (
        ("101", "652d2f57-6e3b-4170-8bf9-4f1e98c88b56", "+6512345678"),
        ("102", "7bccb66a-61bc-4bc0-85e6-7fd5e4b1708e", ""),
    ),
}


def sample(kind: Kind) -> tuple[list[str], tuple[tuple[str, str, str], ...]]:
    """Heading and rows of the sample of this kind."""
    return heading_of(kind), _ROWS[kind]
