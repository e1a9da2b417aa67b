"""Writes the page that says who may do what, or says whether it is still true."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from agencies.permission_table import render

PAGE = settings.BASE_DIR / "docs" / "permissions.md"


class Command(BaseCommand):
    help = "Menulis docs/permissions.md: siapa boleh apa. Dengan --check hanya memeriksa dan tidak menulis apa pun."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="hanya memeriksa")

    def handle(self, *, check, **options):
        if not check:
            PAGE.write_text(render(), encoding="utf-8")
            self.stdout.write(f"{PAGE.relative_to(settings.BASE_DIR)} ditulis")
        elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != render():
            raise CommandError("docs/permissions.md usang; jalankan manage.py permission_table.")
