"""Scores answers that were collected elsewhere: on paper, in Google Forms, in LimeSurvey."""

import contextlib
import csv
import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assessments import samples
from assessments.response_scoring import Layout, LayoutProblem, RowScorer, blocks_of
from questionnaires.document import load_document
from questionnaires.version_document import CONTENT
from tables.csv_files import UnreadableTable, harmless, open_table
from tables.file_problems import reason_of

_OWNER_ONLY = 0o600  # scores of people: nobody else on the machine may read them


class Command(BaseCommand):
    help = (
        "Menghitung skor dari jawaban dalam CSV. Kepala kolom = kode butir; kosong = tidak dijawab; na = tidak berlaku."
        " Kolom lain diteruskan. Baris yang tidak dapat dihitung masuk ke berkas tolakan beserta alasannya."
    )

    def add_arguments(self, parser):
        parser.add_argument("--questionnaire", required=True, metavar="SLUG", help="kode kuesioner")
        parser.add_argument("--input", required=True, type=Path, metavar="CSV")
        parser.add_argument("--output", required=True, type=Path, metavar="CSV")
        parser.add_argument("--rejects", type=Path, metavar="CSV", help="bawaan: NAMA-KELUARAN.tolakan.csv")
        parser.add_argument(
            "--id-column",
            action="append",
            default=[],
            metavar="NAMA",
            help="kolom identitas (boleh berisi NIP)",
        )
        parser.add_argument("--force", action="store_true", help="timpa berkas keluaran yang sudah ada")

    def handle(self, *, questionnaire, input, output, rejects, id_column, force, **options):
        if not output.name:
            raise CommandError(f"--output {output}: sebutkan nama berkasnya.")
        rejects = rejects or output.with_name(f"{output.stem}.tolakan.csv")
        try:
            _check_paths(input, output, rejects, force)
            version = samples.published_version_of(questionnaire)
            plan = samples.scoring_plan_of(version)
            items = load_document(version.pk).items
            required = [name for item in items if item.role == CONTENT for name in item.slots]
            table = open_table(input)
            layout = Layout.of(table.header, plan, required=required, id_columns=id_column)
            scored, refused = _run(table, RowScorer(layout, plan), output, rejects)
        except (samples.SampleNotFound, UnreadableTable, LayoutProblem) as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(
                f"{error.filename or output}: tidak dapat ditulis ({reason_of(error)})."
            ) from None
        passed = ", ".join(layout.header[place] for place in layout.passed)
        if passed:
            self.stderr.write(f"Kolom yang diteruskan apa adanya: {passed}.")
        if not scored and not refused:
            raise CommandError(f"{input}: tidak memuat satu baris jawaban pun.")
        self.stderr.write(f"{scored} baris dihitung ke {output}; {refused} baris ditolak.")
        if scored and not refused:
            rejects.unlink(missing_ok=True)  # of an earlier run; only --force comes here with one
        if refused:
            self.stderr.write(self.style.WARNING(f"Alasan penolakan ada di {rejects}."))
        if not scored:
            raise CommandError("Tidak ada satu baris pun yang dapat dihitung.")


def _check_paths(source, output, rejects, force):
    paths = [path.resolve() for path in (source, output, rejects)]
    if len(set(paths)) < len(paths):
        raise CommandError("Berkas masukan, keluaran, dan tolakan harus tiga berkas yang berbeda.")
    present = [path for path in (output, rejects) if path.exists()]
    for path in present:
        if not path.is_file():  # a directory, or a device that a rename would put an end to
            raise CommandError(f"{path}: bukan berkas biasa; sebutkan nama berkas lain.")
    existing = [str(path) for path in present]
    if existing and not force:
        raise CommandError(f"Sudah ada: {', '.join(existing)}. Tambahkan --force untuk menimpa.")


def _run(table, scorer, output, rejects):
    """Writes both files beside their names and moves them there at the end, so that a half file never looks whole."""
    scored = refused = 0
    with contextlib.ExitStack() as stack:
        good, bad = (stack.enter_context(_Draft(path)) for path in (output, rejects))
        good_rows, bad_rows = (csv.writer(draft.file, delimiter=table.delimiter) for draft in (good, bad))
        good_rows.writerow(scorer.header())
        bad_rows.writerow(["baris", "alasan"])
        for block in blocks_of(table.rows()):
            rows, refusals = scorer.score_block(block)
            good_rows.writerows(rows)
            bad_rows.writerows([each.number, harmless(" ".join(each.reasons))] for each in refusals)
            scored += len(rows)
            refused += len(refusals)
        if scored:
            good.keep()
        if refused:
            bad.keep()
    return scored, refused


class _Draft:
    """A file that gets its name only when it is kept; otherwise it leaves nothing behind."""

    def __init__(self, path):
        self.path, self.draft, self.file = path, path.with_name(f".{path.name}.{os.getpid()}"), None
        self.is_kept = False

    def __enter__(self):
        try:
            descriptor = os.open(self.draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self.path)) from None
        self.file = os.fdopen(descriptor, "w", encoding="utf-8", newline="")
        return self

    def keep(self):
        self.is_kept = True

    def __exit__(self, kind, error, trace):
        try:
            self.file.close()
            if self.is_kept and kind is None:
                os.replace(self.draft, self.path)
        finally:
            self.draft.unlink(missing_ok=True)
