"""The encoding of answers, and what can be said of a set of them. Pure; the only module that knows the stored bytes.

Answers are one byte a slot in the slot order of the version document: 0 is "no answer", 255 is "not applicable",
anything else is the value of the chosen option, or the place (from 1) of the chosen option of the item itself.
Everybody else sees ``{item code: value}``, where a vignette of several parts has a mapping from part to value. Open
texts have no slot and live in a table of their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from questionnaires.version_document import (
    NOT_APPLICABLE,
    RESPONSE_SET_TYPES,
    Answer,
    Answers,
    Item,
    Section,
    VersionDocument,
)

NO_ANSWER_BYTE = 0
NOT_APPLICABLE_BYTE = 255


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for the catalogue; whoever shows it translates it."""
    return sentence


_UNKNOWN_ITEM = gettext_noop(
    "Butir %(code)s tidak ada dalam kuesioner ini. Tidak ada jawaban yang diubah; muat ulang halaman dan coba lagi."
)
TEXT_TOO_LONG = gettext_noop(
    "Teks pada butir %(code)s panjangnya %(length)s karakter; paling panjang %(longest)s. "
    "Tulisan Anda masih ada di halaman ini; ringkaslah, lalu simpan lagi."
)


class InvalidAnswer(ValueError):
    """An answer that the form cannot have offered; the message is the sentence that the user reads.

    ``sentence`` and ``values`` are its two parts, for those who translate before putting them together.
    """

    def __init__(self, sentence: str, **values):
        super().__init__(sentence % values)
        self.sentence = sentence
        self.values = values


def encode(document: VersionDocument, answers: Answers) -> bytes:
    """Answers as stored: one byte for each slot.

    Raises:
        InvalidAnswer: an item that is not in the version, or a value outside the item's scale.
    """
    check_answers(document, answers)
    slots = bytearray(len(document.slots))
    for code, answer in answers.items():
        places = document.slots_of_item[code]
        for place, byte in zip(places, _to_bytes(document.item_by_code[code], answer), strict=True):
            slots[place] = byte
    return bytes(slots)


def decode(document: VersionDocument, stored: bytes) -> dict[str, Answer]:
    """Stored bytes as ``{item code: value}``; items without an answer are absent.

    Raises:
        ValueError: the bytes do not fit the version, which would mean damaged data.
    """
    stored = bytes(stored)
    if len(stored) != len(document.slots):
        raise ValueError(
            f"Jawaban tersimpan {len(stored)} bita, sedangkan versi ini mempunyai {len(document.slots)} slot."
        )
    try:
        return _from_bytes(document.items, stored)
    except IndexError:
        raise ValueError("Jawaban tersimpan menunjuk pilihan yang tidak ada di versi ini.") from None


def empty(document: VersionDocument) -> bytes:
    return bytes(len(document.slots))


def check_answers(document: VersionDocument, answers: Mapping[str, Answer]) -> None:
    """Raises InvalidAnswer unless every item exists and every value lies within its scale. Nothing is ever clamped."""
    for code, value in answers.items():
        item = document.item_by_code.get(code)
        if item is None or item.is_open_text:
            raise InvalidAnswer(_UNKNOWN_ITEM, code=code)
        if not item.accepts(value):
            raise InvalidAnswer(
                gettext_noop(
                    "Jawaban untuk butir %(code)s berada di luar pilihannya. Tidak ada jawaban yang diubah; "
                    "muat ulang halaman dan pilih kembali."
                ),
                code=code,
            )


def check_texts(document: VersionDocument, texts: Mapping[str, str]) -> None:
    """Raises InvalidAnswer unless every text belongs to an open item and is no longer than that allows."""
    for code, text in texts.items():
        item = document.item_by_code.get(code)
        if item is None or not item.is_open_text:
            raise InvalidAnswer(_UNKNOWN_ITEM, code=code)
        if len(text) > item.longest:
            raise InvalidAnswer(TEXT_TOO_LONG, code=code, longest=item.longest, length=len(text))


@dataclass(frozen=True)
class Merge:
    """The outcome of bringing one tab's page together with what is stored.

    ``patch`` is what to write (None takes an answer away); ``conflicts`` are items that both sides changed,
    differently, since the page was shown: the stored answer stays until the person decides.
    """

    patch: dict[str, Answer | None]
    conflicts: tuple[str, ...]


def merge(*, base: Answers, mine: Answers, stored: Answers) -> Merge:
    """Three-way merge of one page of answers, so that two tabs lose neither's work.

    Args:
        base: the answers of the page's items as they were when the page was shown.
        mine: the same items as the person left them.
        stored: the answers stored now.
    """
    patch: dict[str, Answer | None] = {}
    conflicts = []
    for code in sorted({*base, *mine}):
        before, wanted, now = base.get(code), mine.get(code), stored.get(code)
        if wanted == before or wanted == now:
            continue
        if now == before:
            patch[code] = wanted
        else:
            conflicts.append(code)
    return Merge(patch, tuple(conflicts))


def apply(answers: Answers, patch: Mapping[str, Answer | None]) -> dict[str, Answer]:
    """Answers after a patch; a patch value of None takes the answer away."""
    changed = {**answers, **patch}
    return {code: value for code, value in changed.items() if value is not None}


def asks(item: Item) -> bool:
    """Whether an item counts towards being done. An open text does not: nobody has to write one."""
    return not item.is_open_text


def missing(document: VersionDocument, answers: Answers) -> tuple[str, ...]:
    """Codes of the items without an answer, or with a part of one, in the order of the form."""
    return tuple(
        item.code for item in document.items if asks(item) and not item.is_complete(answers.get(item.code))
    )


@dataclass(frozen=True)
class Progress:
    """How far a person is: items answered of all, and the minutes that the rest will take."""

    answered: int
    total: int
    minutes_left: int

    @property
    def percentage(self) -> int:
        return 100 * self.answered // self.total if self.total else 100

    @property
    def is_complete(self) -> bool:
        return self.answered == self.total


def progress(document: VersionDocument, answers: Answers) -> Progress:
    """Progress in items and in minutes; the minutes shrink in step with the items, rounded up."""
    total = sum(map(asks, document.items))
    answered = total - len(missing(document, answers))
    minutes_left = -(-document.minutes * (total - answered) // total) if total else 0
    return Progress(answered, total, minutes_left)


def first_unfinished_section(document: VersionDocument, answers: Answers) -> int:
    """Number (from 1) of the first page with an unanswered item; the last page if there is none."""
    unfinished = missing(document, answers)
    return document.section_numbers[unfinished[0]] if unfinished else len(document.sections)


def of_section(section: Section, answers: Answers) -> dict[str, Answer]:
    """The answers of one page's items."""
    return {item.code: answers[item.code] for item in section.items if item.code in answers}


def page_token(section: Section, answers: Answers) -> str:
    """The answers of one page as two hexadecimal digits a slot.

    The page posts it back, so that a save knows what the page was drawn from.
    """
    return bytes(byte for item in section.items for byte in _to_bytes(item, answers.get(item.code))).hex()


def read_page_token(section: Section, token: str) -> dict[str, Answer]:
    """The answers in a page token.

    Raises:
        InvalidAnswer: the token was not made for this page.
    """
    problem = InvalidAnswer(
        gettext_noop(
            "Halaman ini tidak lengkap. Tidak ada jawaban yang diubah; muat ulang halaman dan coba lagi."
        )
    )
    try:
        stored = bytes.fromhex(token)
    except ValueError:
        raise problem from None
    if len(stored) != sum(len(item.slots) for item in section.items):
        raise problem
    try:
        answers = _from_bytes(section.items, stored)
    except IndexError:  # the place of an option that the item does not have
        raise problem from None
    if not all(item.accepts(answers[item.code]) for item in section.items if item.code in answers):
        raise problem
    return answers


# --- one item ---


def _to_bytes(item: Item, answer: Answer | None) -> Sequence[int]:
    """The bytes of an item's slots."""
    if not item.parts:
        return [_to_byte(item, answer)] * len(item.slots)
    given = answer or {}
    return [_to_byte(item, given.get(part)) for part in item.parts]


def _from_bytes(items: Iterable[Item], stored: bytes) -> dict[str, Answer]:
    """The answers that lie one after another in the bytes; items without one are absent."""
    answers: dict[str, Answer] = {}
    place = 0
    for item in items:
        if not item.parts:
            if item.slots:
                if stored[place]:
                    answers[item.code] = _from_byte(item, stored[place])
                place += 1
            continue
        given = {
            part: _from_byte(item, byte)
            for part, byte in zip(item.parts, stored[place:], strict=False)
            if byte
        }
        if given:
            answers[item.code] = given
        place += len(item.parts)
    return answers


def _to_byte(item: Item, value: int | str | None) -> int:
    if value is None:
        return NO_ANSWER_BYTE
    if value == NOT_APPLICABLE:
        return NOT_APPLICABLE_BYTE
    return value if item.type in RESPONSE_SET_TYPES else item.values.index(value) + 1


def _from_byte(item: Item, byte: int) -> int | str:
    if byte == NOT_APPLICABLE_BYTE:
        return NOT_APPLICABLE
    return byte if item.type in RESPONSE_SET_TYPES else item.values[byte - 1]
