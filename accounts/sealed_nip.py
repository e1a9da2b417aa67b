"""A NIP as the database holds it: sealed, and to the same text every time as long as the key is the same.

AES-SIV (RFC 5297) needs no random start: its synthetic initialisation vector is a keyed hash of the number. So the one
column can be looked up, kept unique and read, and says nothing about a number but that two texts are equal.
"""

import base64
import re
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from accounts.sealing import derive_key

PLAIN = re.compile(r"[0-9]{18}")
# "<id of the key>.<base64url of 16 bytes of vector and 18 of text>"
SEALED_SHAPE = r"^[0-9a-f]{8}\.[A-Za-z0-9_-]{46}$"
# Servers of the release before sealing write eighteen digits as long as they run; `seal_nips` seals these.
STORED_SHAPE = rf"^[0-9]{{18}}$|{SEALED_SHAPE}"
LONGEST = 64

_BOUND_TO = [b"accounts.User.nip"]


class UnknownKey(ImproperlyConfigured):
    """The number was sealed with a key that the settings do not name, or the text was tampered with."""

    def __init__(self):
        super().__init__(
            "NIP di basis data disegel dengan kunci yang tidak dikenal server ini. Data tidak berubah; kembalikan "
            "kunci yang dahulu dipakai ke NIP_KEYS, SECRET_KEY, atau SECRET_KEY_FALLBACKS. (See docs/operations.md.)"
        )


@dataclass(frozen=True)
class _Key:
    id: str
    box: AESSIV


@lru_cache(maxsize=32)
def _key(secret: str) -> _Key:
    name = derive_key(secret, b"cermin-asn NIP, name of the key", 4).hex()
    return _Key(name, AESSIV(derive_key(secret, b"cermin-asn NIP", 64)))


def _keys() -> list[_Key]:
    """The newest first; the server's own key always stands behind, so that ``NIP_KEYS`` can be set at any time."""
    return [_key(each) for each in (*settings.NIP_KEYS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def newest_key_id() -> str:
    """The name of the key that seals what is written now: eight letters and digits."""
    return _keys()[0].id


def seal_nip(number: str) -> str:
    """
    Raises:
        ValueError: it is not a number of eighteen digits; its text is not repeated.
    """
    if not PLAIN.fullmatch(number):
        raise ValueError("NIP terdiri atas 18 angka.")
    return _sealed(_keys()[0], number)


def stored_forms(number: str) -> list[str]:
    """Every text under which the number may stand in the database: sealed with each key, or from before sealing."""
    if not PLAIN.fullmatch(number):
        return []
    return [*(_sealed(key, number) for key in _keys()), number]


def unseal_nip(text: str) -> str:
    """
    Raises:
        UnknownKey: no key of the settings opens it.
    """
    if PLAIN.fullmatch(text):
        return text
    name, _dot, content = text.partition(".")
    for key in _keys():
        if key.id == name:
            try:
                return key.box.decrypt(base64.urlsafe_b64decode(content + "=="), _BOUND_TO).decode()
            except (InvalidTag, ValueError):
                break
    raise UnknownKey


def _sealed(key, number):
    content = key.box.encrypt(number.encode(), _BOUND_TO)
    return f"{key.id}.{base64.urlsafe_b64encode(content).decode().rstrip('=')}"
