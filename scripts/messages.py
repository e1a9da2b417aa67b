"""The message catalogue, without the gettext programs.

    python scripts/messages.py            # bring locale/en up to date with the code
    python scripts/messages.py --check    # say what is missing, change nothing

Messages are Indonesian sentences in the code and in the templates; the only catalogue is the English one. A message
that is new or changed is added without a translation, never guessed (fuzzy); one that nobody uses any more is dropped.
The same sources always give the same bytes: no dates, no line numbers.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO_PATH = Path("locale/en/LC_MESSAGES/django.po")
LANGUAGE = "en"
SKIPPED_FOLDERS = {
    "migrations",
    "tests",
    "scripts",
    "static",
    "fixtures",
    "locale",
    "docs",
    "var",
    "node_modules",
}
TEMPLATE_SUFFIXES = {".html", ".txt"}
TRANSLATOR_COMMENT = "Translators:"

# Which argument of which function is a message; "c" is the context.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# A placeholder of str.format, which Babel does not look after; %(name)s it checks itself.
BRACES = re.compile(r"\{(\w*)[^{}]*\}")


class EnglishCatalog(Catalog):
    """A catalogue whose header says only what never changes."""

    def __init__(self) -> None:
        super().__init__(locale=LANGUAGE, header_comment="", fuzzy=False)

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "Cermin ASN"),
            ("Language", LANGUAGE),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


@dataclass(frozen=True)
class Found:
    """One use of a message in the sources."""

    path: str
    message: str | tuple[str, str]
    context: str | None
    comments: tuple[str, ...]


def main(arguments: Sequence[str]) -> int:
    if [each for each in arguments if each != "--check"]:
        print("Pemakaian: python scripts/messages.py [--check]", file=sys.stderr)
        return 2
    os.chdir(ROOT)
    try:
        return check(ROOT) if "--check" in arguments else update(ROOT)
    except PoFileError as fault:
        print(f"{PO_PATH} rusak: {fault}", file=sys.stderr)
        return 1


def update(root: Path) -> int:
    """Write the catalogue and its compiled twin; say what still lacks English."""
    catalog, dropped = merge(extract(root), read_translations(root / PO_PATH))
    (root / PO_PATH).parent.mkdir(parents=True, exist_ok=True)
    (root / PO_PATH).write_bytes(po_bytes(catalog))
    (root / PO_PATH).with_suffix(".mo").write_bytes(mo_bytes(catalog))
    for message in dropped:
        print(f"Tidak dipakai lagi, dihapus: {name_of(message)}")
    faults = find_faults(catalog)
    for fault in faults:
        print(fault)
    print(f"{PO_PATH}: {len(catalog)} pesan, {len(faults)} perlu perhatian.")
    return 0


def check(root: Path) -> int:
    """Compare the files with what `update` would write, and every translation with its message."""
    catalog, _ = merge(extract(root), read_translations(root / PO_PATH))
    faults = find_faults(catalog)
    for path, wanted in (
        (root / PO_PATH, po_bytes(catalog)),
        ((root / PO_PATH).with_suffix(".mo"), mo_bytes(catalog)),
    ):
        if not path.exists() or path.read_bytes() != wanted:
            faults.append(f"{path.relative_to(root)} tidak sesuai dengan kode. Jalankan: make messages")
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print(f"{len(catalog)} pesan, semuanya berbahasa Inggris.")
    return 1 if faults else 0


def extract(root: Path) -> list[Found]:
    """Every message of the sources under the root, in the order of paths and lines."""
    found: list[Found] = []
    for path in source_files(root):
        relative = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            found.extend(extract_from_python(text, relative))
        else:
            found.extend(extract_from_template(text, relative))
    return found


def source_files(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(
            name for name in folders if name not in SKIPPED_FOLDERS and not name.startswith(".")
        )
        in_templates = "templates" in Path(folder).relative_to(root).parts
        for name in sorted(files):
            suffix = Path(name).suffix
            if suffix == ".py" or (in_templates and suffix in TEMPLATE_SUFFIXES):
                yield Path(folder, name)


def extract_from_python(text: str, path: str) -> Iterator[Found]:
    source = io.BytesIO(text.encode("utf-8"))
    options = {"encoding": "utf-8"}
    for _, function, arguments, comments in extract_python(source, KEYWORDS, [TRANSLATOR_COMMENT], options):
        found = read_call(function, arguments, comments, path)
        if found is not None:
            yield found


def extract_from_template(text: str, path: str) -> Iterator[Found]:
    """Django rewrites a template as calls of gettext; what stands between them becomes X and has to be tokenizable."""
    from django.utils.translation.template import templatize

    program = templatize(text, origin=path)
    yield from extract_from_python("\n".join(line.strip() for line in program.split("\n")), path)


def read_call(function: str, arguments: object, comments: Sequence[str], path: str) -> Found | None:
    """Sort the arguments of one call into message and context; a call that passes no literal is none of ours."""
    given = list(arguments) if isinstance(arguments, (tuple, list)) else [arguments]
    places = KEYWORDS[function] or (1,)
    context: str | None = None
    texts: list[str] = []
    for place in places:
        position, is_context = (place[0], True) if isinstance(place, tuple) else (place, False)
        value = given[position - 1] if position <= len(given) else None
        if not isinstance(value, str) or (not value and not is_context):
            return None
        if is_context:
            context = value
        else:
            texts.append(value)
    message = texts[0] if len(texts) == 1 else (texts[0], texts[1])
    return Found(path, message, context, tuple(comments))


def read_translations(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, abort_invalid=True)


def merge(found: Iterable[Found], known: Catalog) -> tuple[EnglishCatalog, list[Message]]:
    """The catalogue of what was found with the translations known so far, and the messages nobody uses any more."""
    catalog = EnglishCatalog()
    for use in found:
        # Adding a message again adds the place and, where one use has a plural, the plural.
        catalog.add(
            use.message, context=use.context, locations=[(use.path, None)], auto_comments=use.comments
        )
    for message in catalog:
        if not message.id:
            continue
        message.locations = sorted(set(message.locations), key=lambda place: place[0])
        before = known.get(message.id, message.context)
        if before is not None:
            message.string = fit(before.string, plural=message.pluralizable)
            message.user_comments = before.user_comments
    dropped = [each for each in known if each.id and catalog.get(each.id, each.context) is None]
    return catalog, dropped


def fit(translation: object, *, plural: bool) -> object:
    """A translation in the shape its message needs now: two forms for a plural, one otherwise."""
    forms = list(translation) if isinstance(translation, (tuple, list)) else [translation]
    if not plural:
        return forms[0]
    return (forms[0], forms[1] if len(forms) > 1 else "")


def find_faults(catalog: Catalog) -> list[str]:
    faults = []
    for message in catalog:
        if not message.id:
            continue
        ids = message.id if message.pluralizable else (message.id,)
        forms = message.string if message.pluralizable else (message.string,)
        if not all(forms):
            faults.append(f"Belum ada bahasa Inggrisnya: {name_of(message)}")
            continue
        faults += [f"Terjemahan tidak cocok: {name_of(message)}: {fault}" for fault in message.check(catalog)]
        known = {name for text in ids for name in BRACES.findall(text)}
        for form in forms:
            strange = set(BRACES.findall(form)) - known
            lost = (known - set(BRACES.findall(form))) if len(ids) == 1 else set()
            if strange or lost:
                names = ", ".join(sorted(strange | lost))
                faults.append(f"Isian {{{names}}} berbeda dalam terjemahan: {name_of(message)}")
    return faults


def name_of(message: Message) -> str:
    """A message as a person finds it again: its text and the first file that uses it."""
    text = message.id[0] if message.pluralizable else message.id
    place = f" ({message.locations[0][0]})" if message.locations else ""
    context = f" [{message.context}]" if message.context else ""
    return f'"{text}"{context}{place}'


def po_bytes(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, width=110, include_lineno=False)
    return out.getvalue().strip() + b"\n"


def mo_bytes(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
