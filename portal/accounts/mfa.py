"""How allauth's second factor fits into this house."""

from allauth.mfa.adapter import DefaultMFAAdapter

from portal.core.crypto import decrypt, encrypt


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and seeds of recovery codes are encrypted with the schema's own key."""

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)
