"""The one text of a document, and its hash. Pure."""

import hashlib
import json
from collections.abc import Mapping


def canonical_text(document: Mapping) -> str:
    """The one way a document is written before it is hashed."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(document: Mapping) -> str:
    """SHA-256 of the canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_text(document).encode()).hexdigest()
