"""Secret links of experts. Only the fingerprint of a token is kept. Pure."""

import hashlib
import secrets

_BYTES = 32  # 256 bits of chance: guessing is hopeless, so a plain hash without salt and stretching is enough


def new_token() -> str:
    """A token for one link, safe in an address."""
    return secrets.token_urlsafe(_BYTES)


def digest(token: str) -> str:
    """What the database keeps of a token: 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()
