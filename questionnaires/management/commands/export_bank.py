"""Writes one version of a questionnaire as a bank file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from questionnaires.bank_files import write
from questionnaires.document import build_document
from questionnaires.models import Questionnaire, Version


class Command(BaseCommand):
    help = "Mengekspor satu versi kuesioner menjadi berkas bank."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="kode kuesioner")
        parser.add_argument("--number", type=int, help="bawaan: versi terbit")
        parser.add_argument("--output", type=Path, help="bawaan: keluaran standar")

    def handle(self, *, slug, number, output, **options):
        version = self._find(slug, number)
        text = write(version.document or build_document(version))
        if output is None:
            self.stdout.write(text, ending="")
            return
        output.write_text(text, encoding="utf-8")
        self.stderr.write(f"{version} ditulis ke {output}")

    def _find(self, slug, number):
        questionnaire = Questionnaire.objects.filter(code=slug).first()
        if questionnaire is None:
            known = ", ".join(Questionnaire.objects.values_list("code", flat=True)) or "belum ada"
            raise CommandError(f"Kuesioner “{slug}” tidak ada. Yang ada: {known}.")
        wanted = {"number": number} if number is not None else {"status": Version.Status.PUBLISHED}
        version = questionnaire.versions.filter(**wanted).first()
        if version is None:
            raise CommandError(
                f"Kuesioner “{slug}” tidak mempunyai versi {number}."
                if number is not None
                else f"Kuesioner “{slug}” belum mempunyai versi terbit; sebutkan nomornya dengan --number."
            )
        return version
