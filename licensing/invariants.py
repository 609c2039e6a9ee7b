"""What must be true of every tenant's licences at any moment: asked by tests and proofs, in one query."""

from django.db import connection

# Each row is a pool whose count is not what exists, or whose ledger does not lead to it.
QUERY = """
WITH exists_now AS (
    SELECT 'phone_system' AS sku, count(*) AS n FROM extensions_extension
    UNION ALL SELECT sku, sum(quantity) FROM licensing_assignedaddon GROUP BY sku
    UNION ALL SELECT 'license_number', count(*) FROM extensions_outsidenumber WHERE extension_id IS NOT NULL
), told AS (
    SELECT DISTINCT ON (sku) sku, balance FROM licensing_ledgerentry WHERE counter = 'used' ORDER BY sku, id DESC
)
SELECT coalesce(pool.sku, exists_now.sku) AS sku, pool.bought, pool.used, coalesce(exists_now.n, 0) AS there, balance
FROM licensing_pool AS pool FULL JOIN exists_now USING (sku) LEFT JOIN told USING (sku)
WHERE coalesce(pool.used, 0) <> coalesce(exists_now.n, 0) OR pool.used > pool.bought
   OR pool.used <> coalesce(balance, pool.used)
ORDER BY 1
"""


def broken_counts() -> list[tuple[str, int | None, int, int, int | None]]:
    """(sku, bought, used, what exists, what the ledger says) for each pool of the active schema that is wrong."""
    with connection.cursor() as cursor:
        cursor.execute(QUERY)
        return [tuple(row) for row in cursor.fetchall()]
