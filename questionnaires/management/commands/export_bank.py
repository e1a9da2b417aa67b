"""Writes one version of a questionnaire: as a bank that can be imported again, or as a form for other tools."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from questionnaires.exporting import FORMATS, export
from questionnaires.models import Questionnaire, Version
from questionnaires.policies import PolicyError
from tables.file_problems import reason_of


class Command(BaseCommand):
    help = (
        "Mengekspor satu versi kuesioner. yaml dan xlsx: bank lengkap, dapat diimpor kembali. xlsform (ODK, "
        "KoboToolbox) dan surveyjs: formulir tanpa kunci."
    )

    def create_parser(self, prog_name, subcommand, **kwargs):
        # --version is Django's own elsewhere; here it can mean one thing only.
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser):
        parser.add_argument("slug", help="kode kuesioner")
        parser.conflict_handler = (
            "resolve"  # --version is Django's own elsewhere; here it can mean one thing only
        )
        parser.add_argument("--number", "--version", type=int, help="nomor versi; bawaan: versi terbit")
        parser.add_argument("--format", choices=FORMATS, default="yaml", help="bawaan: yaml")
        parser.add_argument("--output", type=Path, help="bawaan: keluaran standar")

    def handle(self, *, slug, number, output, **options):
        version = self._find(slug, number)
        try:
            content = export(version, options["format"])
        except PolicyError as error:
            raise CommandError(str(error)) from None
        if output is None:
            self._print(content, options["format"])
            return
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output}: tidak dapat ditulis ({reason_of(error)}).") from None
        self.stderr.write(f"{version} ditulis ke {output}")

    def _print(self, content, name):
        if FORMATS[name].suffix.endswith(".xlsx"):
            if sys.stdout.isatty():
                raise CommandError(
                    "Lembar kerja tidak dapat ditampilkan di terminal; sebutkan --output BERKAS."
                )
            sys.stdout.buffer.write(content)
        else:
            self.stdout.write(content.decode(), ending="")

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
