"""The text of a letter with its named places. Plain text in, plain text out; nothing in it is ever run. Pure."""

import re
from collections.abc import Mapping

LONGEST = 3000  # characters


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for the catalogue; whoever shows it translates it."""
    return sentence


# What may stand in braces, and what it becomes; the descriptions are translated by whoever shows them.
PLACES = {
    "nama": gettext_noop("nama lengkap pegawai"),
    "periode": gettext_noop("judul periode"),
    "instansi": gettext_noop("nama instansi"),
    "batas_waktu": gettext_noop("batas waktu dengan zona waktunya"),
    "menit": gettext_noop("lamanya mengisi semua kuesioner, dalam menit"),
    "tautan": gettext_noop("alamat halaman pengisian"),
}
NEEDED = "tautan"
_PLACE = re.compile(r"\{([^{}]*)\}")


class WordingError(ValueError):
    """The text cannot be used; ``sentence`` and ``values`` are what the user reads, to be translated first."""

    def __init__(self, sentence: str, **values):
        super().__init__(sentence % values)
        self.sentence, self.values = sentence, values


def check_wording(text: str) -> None:
    """Raises WordingError unless every place is known, every brace belongs to one, and the link is there."""
    if not text.strip():
        raise WordingError(gettext_noop("Teks surel masih kosong."))
    if len(text) > LONGEST:
        raise WordingError(
            gettext_noop("Teks surel paling panjang %(most)d karakter, sedangkan teks ini %(length)d."),
            most=LONGEST,
            length=len(text),
        )
    unknown = sorted({name for name in _PLACE.findall(text) if name not in PLACES})
    if unknown:
        raise WordingError(
            gettext_noop("Isian ini tidak dikenal: %(unknown)s. Yang dikenal: %(known)s."),
            unknown=", ".join(f"{{{name}}}" for name in unknown),
            known=", ".join(f"{{{name}}}" for name in PLACES),
        )
    if re.search(r"[{}]", _PLACE.sub("", text)):
        raise WordingError(
            gettext_noop("Ada kurung kurawal yang tidak berpasangan. Tulislah isian seperti {nama}.")
        )
    if NEEDED not in _PLACE.findall(text):
        raise WordingError(
            gettext_noop("Teks surel harus memuat {tautan}, agar pegawai tahu di mana mengisinya.")
        )


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled in. What is filled in is never read again: braces in a name stay braces."""
    return _PLACE.sub(lambda found: values[found.group(1)], text)
