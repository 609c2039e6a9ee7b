"""A manager interface behind TLS: used where its certificate is known, and not at all where it is not."""

import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from extensions.pbx.ami.login import connect
from extensions.pbx.driver import PbxAway
from tests.pbx.looped import AMPLE, in_loop
from tests.pbx.peer import Peer


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A key and a certificate for 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "pbx")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "pbx.pem"
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *plain) + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def encrypted(peer: Peer, certificate: Path) -> Peer:
    peer.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    peer.tls.load_cert_chain(certificate)
    return peer


@in_loop
async def test_a_known_certificate_is_taken(encrypted: Peer, certificate: Path) -> None:
    knows = ssl.create_default_context(cafile=str(certificate))
    async with encrypted, await connect(replace(encrypted.account, tls=knows), AMPLE) as client:
        await client.ping()


@in_loop
async def test_an_unknown_certificate_is_not(encrypted: Peer) -> None:
    async with encrypted:
        with pytest.raises(PbxAway):
            await connect(replace(encrypted.account, tls=ssl.create_default_context()), AMPLE)

    assert encrypted.actions == []


@in_loop
async def test_a_pbx_without_encryption_is_not_spoken_to_in_clear(peer: Peer) -> None:
    async with peer:
        with pytest.raises(PbxAway):
            await connect(replace(peer.account, tls=ssl.create_default_context()), replace(AMPLE, connect=1))

    assert peer.actions == []
