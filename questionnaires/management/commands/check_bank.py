"""Says what is wrong with bank files or with a stored questionnaire, without writing anything."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from questionnaires.bank_files import LARGEST_WORKBOOK, read
from questionnaires.models import Questionnaire
from questionnaires.problems import blocking
from questionnaires.validation import competency_codes, find_problems
from tables.file_problems import reason_of


def read_files(paths):
    """Every bank file of a command line, read and checked against the loaded frameworks."""
    known = competency_codes()
    bank_files = []
    for path in paths:
        try:
            with path.open("rb") as file:
                source = file.read(LARGEST_WORKBOOK + 1)  # more than that is refused by its size
        except OSError as error:
            raise CommandError(f"{path}: tidak dapat dibaca ({reason_of(error)}).") from None
        bank_files.append(read(source, filename=path.name, competency_codes=known))
    return bank_files


def report(command, bank_files) -> int:
    """Prints every problem; the number of those that block."""
    for bank_file in bank_files:
        for problem in bank_file.problems:
            _print(command, problem, bank_file.describe(problem))
    return sum(len(bank_file.blocking_problems) for bank_file in bank_files)


def _print(command, problem, text):
    style = command.style.ERROR if problem.is_blocking else command.style.WARNING
    word = "" if problem.is_blocking else " (saran)"
    command.stderr.write(style(f"{text}{word} [{problem.code}]"))


class Command(BaseCommand):
    help = (
        "Memeriksa isi kuesioner tanpa menulis apa pun: berkas bank (YAML atau XLSX), atau versi di pangkalan data "
        "(--questionnaire). "
        "Keluar dengan galat bila ada masalah yang menghalangi penerbitan; dengan --strict juga bila ada saran."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path)
        parser.add_argument("--questionnaire", metavar="KODE", help="periksa kuesioner yang tersimpan")
        parser.add_argument("--number", type=int, help="nomor versinya; bawaan: yang terbaru")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--strict", action="store_true", help="saran pun dianggap masalah")

    def handle(self, *, files, questionnaire, number, strict, **options):
        if bool(files) == bool(questionnaire):
            raise CommandError("Sebutkan berkas bank, atau satu kuesioner dengan --questionnaire.")
        if questionnaire:
            version = _version_of(questionnaire, number)
            checked = [(str(version), find_problems(version), str)]
        else:
            checked = [(bank.filename, bank.problems, bank.describe) for bank in read_files(files)]
        if options["format"] == "json":
            self.stdout.write(
                json.dumps([_as_json(*each[:2]) for each in checked], ensure_ascii=False, indent=2)
            )
        else:
            self._print_all(checked)
        problems = [problem for _name, found, _describe in checked for problem in found]
        count = len(problems if strict else blocking(problems))
        if count:
            raise CommandError(f"{count} masalah harus dibereskan.")

    def _print_all(self, checked):
        for name, problems, describe in checked:
            for problem in problems:
                _print(self, problem, describe(problem))
            if not blocking(problems):
                self.stdout.write(f"{name}: baik")


def _as_json(name, problems):
    return {
        "name": name,
        "findings": [
            {
                "code": problem.code,
                "severity": "error" if problem.is_blocking else "warning",
                "message": problem.message,
                "where": problem.where,
                "path": problem.path,
                "line": problem.line,
                "cell": problem.cell or None,
            }
            for problem in problems
        ],
    }


def _version_of(code, number):
    questionnaire = Questionnaire.objects.filter(code=code).first()
    if questionnaire is None:
        known = ", ".join(Questionnaire.objects.values_list("code", flat=True)) or "belum ada"
        raise CommandError(f"Kuesioner “{code}” tidak ada. Yang ada: {known}.")
    versions = questionnaire.versions.order_by("-number")
    version = (versions.filter(number=number) if number is not None else versions).first()
    if version is None:
        raise CommandError(f"Kuesioner “{code}” tidak mempunyai versi {number}.")
    return version
