"""Writes the page that shows what the shipped banks ask about, or says whether it is still true."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from questionnaires.bank_files import read
from questionnaires.content_coverage import render, uncovered
from questionnaires.trait_map import load_traits
from questionnaires.version_document import parse_document

BANKS = settings.BASE_DIR / "fixtures" / "banks"
PAGE = settings.BASE_DIR / "docs" / "content.md"


def shipped_documents():
    """Every shipped bank, in the order of the source documents.

    Raises:
        CommandError: a bank that cannot be read.
    """
    documents = []
    for path in sorted(BANKS.glob("*.yaml")):
        bank_file = read(path.read_bytes(), filename=path.name)
        if not bank_file.is_valid:
            raise CommandError(f"{path.name} tidak dapat dibaca; jalankan check_bank untuk melihat sebabnya.")
        documents.append(bank_file.document)
    documents.sort(key=lambda document: document["questionnaire"]["sources"])
    return [parse_document(document) for document in documents]


class Command(BaseCommand):
    help = (
        "Menulis docs/content.md: sifat mana ditanyakan oleh butir mana. Dengan --check tidak menulis apa pun dan "
        "keluar dengan galat bila halaman itu usang atau ada sifat yang kehilangan butir terakhirnya."
    )

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="hanya memeriksa")

    def handle(self, *, check, **options):
        documents, traits = shipped_documents(), load_traits()
        lost = uncovered(traits, documents)
        if lost:
            raise CommandError(f"Tidak ada butir yang menanyakan sifat {', '.join(lost)}.")
        text = render(traits, documents)
        if not check:
            PAGE.write_text(text, encoding="utf-8")
            self.stdout.write(f"{PAGE.relative_to(settings.BASE_DIR)} ditulis")
        elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
            raise CommandError("docs/content.md usang; jalankan manage.py content_coverage.")
        else:
            self.stdout.write("docs/content.md: baik")
