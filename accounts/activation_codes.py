"""Codes on paper or in a mail with which a person sets a password: easy to copy, kept as a keyed hash only."""

import re
import secrets

from django.utils.crypto import salted_hmac

# Without signs that look alike on paper. Twelve of thirty make 58 bits, tried five times in five minutes at most.
_ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_LENGTH, _GROUP = 12, 4


def new_code() -> str:
    """A code as it is printed: ``ABCD-EFGH-JKMN``."""
    signs = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(signs[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def digest_of(user_id: int, password: str, code: str) -> str:
    """What is kept of a code, however it was typed. The key stands outside the database.

    Args:
        password: the kept password of the account as it is; when that changes in another way, the code dies with it.
    """
    plain = re.sub(r"[^A-Z0-9]", "", code.upper())
    known = f"{user_id}:{password}:{plain}"
    return salted_hmac("accounts.activation", known, algorithm="sha256").hexdigest()
