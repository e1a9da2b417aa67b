"""Prints the people one can sign in as."""

from django.core.management.base import BaseCommand

from demo.guard import require_demo
from demo.world.listed import listed_people
from demo.world.places import APP_SECRET

HEADINGS = ("Siapa", "Nama", "NIP", "Kata sandi")


class Command(BaseCommand):
    help = "Menampilkan orang contoh yang dapat dipakai masuk."

    def handle(self, **options):
        require_demo()
        people = listed_people()
        if not people:
            self.stdout.write("Belum ada orang contoh. Jalankan dahulu: manage.py build_demo")
            return
        rows = [HEADINGS, *((p["role_label"], p["name"], p["nip"], p["password"]) for p in people)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for number, row in enumerate(rows):
            self.stdout.write(
                "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
            )
            if number == 0:
                self.stdout.write("  ".join("-" * width for width in widths))
        self.stdout.write(
            "\nOrang yang mempunyai peran di samping responden juga diminta kode; halamannya menawarkan kode itu. "
            f"Kunci untuk aplikasi autentikator sendiri: {APP_SECRET}"
        )
