"""The name of a slot where names must be those of XML: in XLSForm and so in the answers that come out of it. Pure.

Codes consist of letters, digits, ``-`` and ``_`` and begin with a letter or a digit; so a dot stands for the colon of
a slot, a line before a digit makes it a name, and no two slots share one.
"""


def field_name(slot: str) -> str:
    """``JM41:best`` as ``JM41.best``, ``1A`` as ``_1A``."""
    name = slot.replace(":", ".")
    return f"_{name}" if name[:1].isdigit() else name
