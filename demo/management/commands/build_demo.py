"""Builds the demo world, once."""

import time

from django.core.management.base import BaseCommand, CommandError

from demo.guard import require_demo
from demo.world import builder
from demo.world.population import FEWEST_PEOPLE

DEFAULT_PEOPLE = 600
MOST_PEOPLE = 20_000


class Command(BaseCommand):
    help = "Membangun dunia contoh: sebelas instansi rekaan, pegawainya, dua periode yang ditutup dan satu yang dibuka."

    def add_arguments(self, parser):
        parser.add_argument(
            "--people", type=int, default=DEFAULT_PEOPLE, help=f"banyaknya pegawai (bawaan: {DEFAULT_PEOPLE})"
        )

    def handle(self, *, people, **options):
        require_demo()
        if not FEWEST_PEOPLE <= people <= MOST_PEOPLE:
            raise CommandError(f"--people harus antara {FEWEST_PEOPLE} dan {MOST_PEOPLE}, bukan {people}.")
        try:
            if builder.is_built():
                builder.give_second_factors()
                self.stdout.write("Dunia contoh sudah ada; tidak ada yang diubah.")
                return
            started = time.monotonic()
            built = builder.build(people=people, progress=_Lines(self.stdout))
        except builder.NameTaken:
            raise CommandError(
                "Sebagian kode instansi atau periode contoh sudah dipakai, tetapi dunia contohnya tidak lengkap. "
                "Tidak ada yang diubah; pakailah basis data kosong untuk percobaan."
            ) from None
        self.stdout.write(
            f"Dunia contoh siap: {built.agencies} instansi, {built.units} unit kerja, {built.people} orang, "
            f"{built.submissions} pengisian terkirim ({time.monotonic() - started:.0f} detik)."
        )


class _Lines:
    """Progress of each step: one line that counts on a terminal, a line a quarter in a log."""

    def __init__(self, stdout):
        self.stdout = stdout
        self.is_terminal = stdout.isatty()
        self.written = None

    def __call__(self, title, done, total):
        quarter = 4 * done // total
        if done not in (0, total) and not self.is_terminal and (title, quarter) == self.written:
            return
        if self.is_terminal and done not in (0, total) and done % 10:
            return
        self.written = (title, quarter)
        ending = "\r" if self.is_terminal and done < total else "\n"
        self.stdout.write(f"  {title}: {done} dari {total}", ending=ending)
        self.stdout.flush()
