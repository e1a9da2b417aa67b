"""Small secrets of the database, sealed with the server's own key: whoever copies the tables cannot use them."""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac

_SECOND_FACTOR, _FILE = b"cermin-asn second factor", b"cermin-asn uploaded file"


def seal(text: str) -> str:
    return _box(_SECOND_FACTOR).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again; also of what an earlier key sealed that still stands in ``SECRET_KEY_FALLBACKS``."""
    return _box(_SECOND_FACTOR).decrypt(sealed.encode()).decode()


def seal_file(content: bytes) -> bytes:
    return _box(_FILE).encrypt(content)


def unseal_file(sealed: bytes) -> bytes:
    return _box(_FILE).decrypt(sealed)


def keyed_hash(text: str) -> str:
    """Names a thing by which attempts are counted: whoever reads the counters cannot try all numbers until one fits."""
    return salted_hmac("accounts.sealing.keyed_hash", text, algorithm="sha256").hexdigest()


@lru_cache(maxsize=32)
def derive_key(secret: str, purpose: bytes, length: int = 32) -> bytes:
    """A key of ``length`` bytes for one purpose only (HKDF, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose).derive(secret.encode())


def _box(purpose):
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(derive_key(each, purpose))) for each in secrets])
