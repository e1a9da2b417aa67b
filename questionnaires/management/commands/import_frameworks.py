"""Loads the official competency frameworks that banks are mapped onto."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from questionnaires.bootstrap import load_framework

FRAMEWORK_FORMAT = "cermin-framework/1"
SHIPPED = "fixtures/frameworks"


class Command(BaseCommand):
    help = "Memuat kerangka kompetensi resmi. Aman dijalankan berulang kali."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path, help=f"bawaan: semua berkas di {SHIPPED}")

    def handle(self, *, files, **options):
        files = files or sorted((settings.BASE_DIR / SHIPPED).glob("*.yaml"))
        for path, data in [(path, self._read(path)) for path in files]:
            has_changed = load_framework(data=data, by=None)
            self.stdout.write(f"{path.name}: {'dimuat' if has_changed else 'sudah mutakhir'}")

    def _read(self, path):
        try:
            data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, YAMLError) as error:
            raise CommandError(f"{path}: tidak dapat dibaca ({error})") from None
        if not isinstance(data, dict) or data.get("format") != FRAMEWORK_FORMAT:
            raise CommandError(f"{path}: bukan berkas kerangka ({FRAMEWORK_FORMAT}).")
        return data
