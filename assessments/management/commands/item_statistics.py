"""The quality report of a questionnaire's items and scales, or of any matrix of answers."""

import csv
import io
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string

from assessments import item_report, samples
from assessments.csv_tables import UnreadableTable, open_table
from assessments.item_matrix import (
    MatrixProblems,
    content_scales,
    matrix_of_answers,
    parse_keys,
    read_matrix,
)
from questionnaires.document import load_document


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
        try:
            source, scales = self._of_file(input, keys) if input else self._of_bank(questionnaire, campaign)
        except (UnreadableTable, samples.SampleNotFound, samples.DamagedAnswers, MatrixProblems) as error:
            raise CommandError(str(error)) from None
        self._write(output, _FORMATS[format](source, scales))

    def _of_file(self, path, keys_path):
        try:
            text = keys_path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "bukan UTF-8"
            raise CommandError(f"{keys_path}: tidak dapat dibaca ({reason}).") from None
        matrix = read_matrix(open_table(path), parse_keys(text))
        facts = [("Sumber", path.name), ("Orang", len(matrix.values)), ("Butir", len(matrix.items))]
        report = item_report.report_on(path.stem, path.stem, matrix)
        return {"title": path.stem, "facts": facts}, [report]

    def _of_bank(self, slug, campaign_code):
        campaign = None
        if campaign_code:
            campaign, version = samples.version_asked_in(campaign_code, slug)
        else:
            version = samples.published_version_of(slug)
        document = load_document(version.pk)
        stored = samples.latest_answers(version, campaign)
        if not len(stored):
            raise CommandError("Belum ada jawaban terkirim dari periode yang sudah ditutup.")
        facts = [
            ("Kuesioner", slug),
            ("Versi", version.number),
            ("Periode", campaign_code or "semua yang sudah ditutup dan pengisian atas prakarsa sendiri"),
            ("Orang", len(stored)),
        ]
        scales = []
        for scale, items in content_scales(document):
            matrix, impossible = matrix_of_answers(document, stored, items)
            scales.append(item_report.report_on(scale.code, scale.name.id, matrix, impossible=impossible))
        return {"title": document.title.id, "facts": facts}, scales

    def _write(self, output, text):
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise CommandError(f"{output}: tidak dapat ditulis ({error.strerror}).") from None
        self.stderr.write(f"Laporan ditulis ke {output}.")


def _as_json(source, scales):
    values = item_report.as_json({"title": source["title"], **dict(source["facts"])}, scales)
    return json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _as_csv(source, scales):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(item_report.CSV_HEADER)
    writer.writerows(item_report.csv_rows(scales))
    return text.getvalue()


def _as_html(source, scales):
    return render_to_string("assessments/item_statistics.html", item_report.page_context(source, scales))


_FORMATS = {"json": _as_json, "csv": _as_csv, "html": _as_html}
