"""Scores a closed campaign again and says what that changed for how many."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assessments.models import Campaign
from assessments.rescore_report import lines_of, plain
from assessments.rescoring import CannotRescore, rescore_campaign
from tables.file_problems import reason_of


class Command(BaseCommand):
    help = (
        "Hitung ulang skor sebuah periode yang sudah ditutup dengan aturan skor, kalibrasi, dan norma terbaru. Lembar "
        "lama tidak berubah; lembar baru ditambahkan di sampingnya. Bila terhenti, jalankan lagi: yang sudah dihitung "
        "dilewati."
    )

    def add_arguments(self, parser):
        parser.add_argument("campaign", metavar="CAMPAIGN", help="kode periode yang sudah ditutup")
        parser.add_argument(
            "--dry-run", action="store_true", help="hitung dan bandingkan saja; tidak ada yang ditulis"
        )
        parser.add_argument(
            "--report", metavar="BERKAS", type=Path, help="tulis laporan perubahan sebagai JSON"
        )

    def handle(self, *, campaign, dry_run, report, **options):
        found = Campaign.objects.filter(code=campaign).first()
        if found is None:
            raise CommandError(f"Periode “{campaign}” tidak ada.")
        if report:
            _write(report, None)  # said before hours of scoring, not after them
        try:
            changes = rescore_campaign(campaign=found, by=None, is_dry_run=dry_run, progress=self._progress)
        except CannotRescore as error:
            raise CommandError(str(error)) from None
        for line in lines_of(changes, smallest=found.minimum_group_size):
            self.stdout.write(line)
        if dry_run:
            self.stdout.write("Uji coba: tidak ada yang ditulis.")
        if report:
            text = json.dumps(plain(changes, smallest=found.minimum_group_size), ensure_ascii=False, indent=2)
            _write(report, text + "\n")

    def _progress(self, done, total):
        if self.stderr.isatty():
            self.stderr.write(f"\r{done:,} dari {total:,} pengisian".replace(",", "."), ending="")
            if done == total:
                self.stderr.write("")


def _write(path, text):
    """The report of changes; without a text only whether it could be written."""
    is_new = not path.exists()
    try:
        with path.open("a" if text is None else "w", encoding="utf-8") as file:
            file.write(text or "")
        if text is None and is_new:
            path.unlink()
    except OSError as error:
        raise CommandError(f"{path}: tidak dapat ditulis ({reason_of(error)}).") from None
