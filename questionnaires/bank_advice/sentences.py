"""Taking an Indonesian statement apart: its time window, its scene, and the behaviour that is judged. Pure."""

import re

_NUMBER = r"(?:\d+|satu|dua|tiga|empat|enam|dua belas|beberapa)"
_UNIT = r"(?:hari|minggu|bulan|triwulan|semester|tahun)"
WINDOW = re.compile(
    rf"\b(?:dalam|selama|sepanjang)\s+{_NUMBER}\s+{_UNIT}\b|\b{_NUMBER}\s+{_UNIT}\s+(?:terakhir|ini)\b"
    rf"|\b{_UNIT}\s+(?:ini|lalu|terakhir)\b",
    re.IGNORECASE,
)
_LEADING_WINDOW = re.compile(
    r"^(?:dalam|selama|sepanjang|pada)\s[^,]*?(?:terakhir|ini|lalu)\s*,\s*", re.IGNORECASE
)
_SUBORDINATORS = (
    "ketika|saat|pada saat|sewaktu|waktu|jika|bila|apabila|kalau|setelah|sesudah|sebelum|sejak|begitu|setiap|"
    "walau|walaupun|meski|meskipun|sekalipun"
)
_SCENE = re.compile(
    rf"^(?:{_SUBORDINATORS}|dalam|pada|di|untuk|selama|atas|menurut|tanpa)\b[^,]*,\s*", re.IGNORECASE
)
# Where one thought ends and the next begins.
_BREAK = re.compile(
    rf"[,.;:?!()]|\b(?:{_SUBORDINATORS}|agar|supaya|karena|sebab|sehingga|tetapi|padahal|daripada|sambil|lalu|yang|bahwa)\b",
    re.IGNORECASE,
)


def without_window(text: str) -> str:
    """The statement without "Dalam 3 bulan terakhir,"."""
    return _LEADING_WINDOW.sub("", text.strip())


def behaviour(text: str) -> str:
    """What the person is said to do: the statement without its window and without the scene that is set before it."""
    text = without_window(text)
    while (shorter := _SCENE.sub("", text, count=1)) != text:
        text = shorter
    return text


def clauses(text: str) -> list[str]:
    """The statement cut where one thought ends and the next begins."""
    return [part.strip() for part in _BREAK.split(text) if part and part.strip()]
