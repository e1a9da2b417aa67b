"""The quality report of a questionnaire's items and scales, or of any matrix of answers."""

import csv
import io
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string

from assessments import samples
from assessments.bank_quality import quality_report
from assessments.item_matrix import MatrixProblems, parse_keys, read_matrix
from assessments.item_page import page_context
from assessments.item_report import CSV_HEADER, QualityReport, as_json, csv_rows, report_on, screen
from scoring.statistics.gates import FEWEST_SHOWN
from tables.csv_files import UnreadableTable, open_table
from tables.file_problems import reason_of


class Command(BaseCommand):
    help = (
        "Laporan mutu butir dan skala: reliabilitas, korelasi butir, sebaran. Dari jawaban terkirim sebuah kuesioner "
        "(pengisian terakhir setiap orang), atau dari matriks CSV apa pun dengan berkas kunci."
    )

    def add_arguments(self, parser):
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("--questionnaire", metavar="SLUG", help="kode kuesioner")
        source.add_argument("--input", type=Path, metavar="CSV", help="kepala kolom = kode butir; kosong, na")
        parser.add_argument("--campaign", metavar="CODE", help="hanya periode ini, yang sudah ditutup")
        parser.add_argument(
            "--keys",
            type=Path,
            metavar="JSON",
            help='{"items": {"A1": {"key": -1, "min": 1, "max": 6}, ...}}',
        )
        parser.add_argument("--format", choices=["json", "csv", "html"], default="json", help="bawaan: json")
        parser.add_argument("--output", type=Path, help="bawaan: keluaran standar")

    def handle(self, *, questionnaire, input, campaign, keys, format, output, **options):
        if input and (campaign or not keys):
            raise CommandError("--input memerlukan --keys dan tidak mengenal --campaign.")
        if questionnaire and keys:
            raise CommandError("--keys hanya untuk --input; kunci kuesioner sudah ada dalam banknya.")
        if output and output.resolve() in {path.resolve() for path in (input, keys) if path}:
            raise CommandError("--output tidak boleh menimpa berkas jawaban atau berkas kunci.")
        try:
            if input:
                report = self._of_file(input, keys)
            elif campaign:
                closed, version = samples.version_asked_in(campaign, questionnaire)
                report = quality_report(version=version, campaign=closed)
            else:
                report = quality_report(version=samples.published_version_of(questionnaire))
        except (UnreadableTable, samples.SampleNotFound, samples.DamagedAnswers, MatrixProblems) as error:
            raise CommandError(str(error)) from None
        self._write(output, _FORMATS[format](report))

    def _of_file(self, path, keys_path):
        try:
            text = keys_path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = reason_of(error) if isinstance(error, OSError) else "bukan UTF-8"
            raise CommandError(f"{keys_path}: tidak dapat dibaca ({reason}).") from None
        matrix = read_matrix(open_table(path), parse_keys(text))
        people = len(matrix.values)
        if matrix.ignored:
            self.stderr.write(f"Kolom yang bukan butir dan tidak dipakai: {', '.join(matrix.ignored)}.")
        if people < FEWEST_SHOWN:
            self.stderr.write(f"Hanya {people} orang: angka baru ditampilkan mulai {FEWEST_SHOWN} orang.")
        source = {
            "file": path.name,
            "people": people,
            "items": len(matrix.items),
            "ignored_columns": list(matrix.ignored),
        }
        scale = report_on(path.stem, path.stem, matrix)
        return QualityReport(path.stem, source, (scale,), screen(matrix))

    def _write(self, output, text):
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise CommandError(f"{output}: tidak dapat ditulis ({reason_of(error)}).") from None
        self.stderr.write(f"Laporan ditulis ke {output}.")


def _as_json(report):
    return json.dumps(as_json(report), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _as_csv(report):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(CSV_HEADER)
    writer.writerows(csv_rows(report))
    return text.getvalue()


def _as_html(report):
    return render_to_string("assessments/item_statistics.html", page_context(report))


_FORMATS = {"json": _as_json, "csv": _as_csv, "html": _as_html}
