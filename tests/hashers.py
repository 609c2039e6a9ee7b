"""The platform's password hasher, made cheap: a suite that signs in a thousand times need not resist an attacker."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class CheapArgon2(Argon2PasswordHasher):
    """Argon2 with the least work that still is Argon2; hashes of the real one are read as well."""

    time_cost = 1
    memory_cost = 1024
    parallelism = 1
