"""Says what is wrong with bank files, without writing anything."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from questionnaires.bank_files import read
from questionnaires.validation import competency_codes


def read_files(paths):
    """Every bank file of a command line, read and checked against the loaded frameworks."""
    known = competency_codes()
    bank_files = []
    for path in paths:
        try:
            source = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: tidak dapat dibaca ({error.strerror}).") from None
        bank_files.append(read(source, filename=path.name, competency_codes=known))
    return bank_files


def report(command, bank_files) -> int:
    """Prints every problem; the number of those that block."""
    for bank_file in bank_files:
        for problem in bank_file.problems:
            style = command.style.ERROR if problem.is_blocking else command.style.WARNING
            word = "" if problem.is_blocking else " (saran)"
            command.stderr.write(style(bank_file.describe(problem) + word))
    return sum(len(bank_file.blocking_problems) for bank_file in bank_files)


class Command(BaseCommand):
    help = "Memeriksa berkas bank tanpa menulis apa pun."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path)

    def handle(self, *, files, **options):
        bank_files = read_files(files)
        count = report(self, bank_files)
        if count:
            raise CommandError(f"{count} masalah harus dibereskan.")
        for bank_file in bank_files:
            self.stdout.write(f"{bank_file.filename}: baik")
