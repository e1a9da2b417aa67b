"""Loads bank files as drafts, and at installation publishes them."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from accounts.nip import normalise
from questionnaires import actions
from questionnaires.bootstrap import technical_account
from questionnaires.management.commands.check_bank import read_files, report
from questionnaires.models import Version
from questionnaires.policies import PolicyError

BOOTSTRAP_NOTE = "Bank bawaan Cermin ASN."


class Command(BaseCommand):
    help = (
        "Mengimpor berkas bank menjadi draf. Bila ada masalah, tidak ada yang ditulis. Isi yang sudah ada dibiarkan. "
        "--publish menerbitkannya langsung tanpa telaah orang kedua: hanya untuk bank bawaan saat pemasangan."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--publish", action="store_true", help="terbitkan draf yang baru diimpor")
        parser.add_argument("--by", metavar="NIP", help="pelaku yang dicatat; bawaan: akun teknis")

    def handle(self, *, files, publish, by, **options):
        bank_files = read_files(files)
        count = report(self, bank_files)
        if count:
            raise CommandError(f"{count} masalah harus dibereskan; tidak ada yang diimpor.")
        with transaction.atomic():
            actor = self._actor(by)
            lines = [self._import(bank_file, actor, publish) for bank_file in bank_files]
        for line in lines:
            self.stdout.write(line)

    def _import(self, bank_file, actor, publish):
        try:
            version, created = actions.import_bank(bank_file=bank_file, by=actor)
            if publish and version.status == Version.Status.DRAFT:
                version = actions.publish_version(
                    version=version, change_note=BOOTSTRAP_NOTE, by=actor, bootstrap=True
                )
        except PolicyError as error:
            raise CommandError(f"{bank_file.filename}: {error} Tidak ada yang diimpor.") from None
        word = "diimpor" if created else "sudah ada"
        return f"{bank_file.filename}: {word} sebagai {version} ({version.get_status_display().lower()})"

    def _actor(self, nip):
        if nip is None:
            return technical_account()
        person = User.objects.filter(nip=normalise(nip), is_active=True).first()
        if person is None:
            raise CommandError("NIP pada --by tidak dikenal atau akunnya tidak aktif.")
        return person
