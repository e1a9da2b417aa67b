"""Loads bank files as drafts, and at installation publishes them."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from accounts.nip import normalise
from questionnaires import actions
from questionnaires.bootstrap import technical_account
from questionnaires.changes import lines_of
from questionnaires.importing import plan_import
from questionnaires.management.commands.check_bank import read_files, report
from questionnaires.models import Version
from questionnaires.policies import PolicyError

BOOTSTRAP_NOTE = "Bank bawaan Cermin ASN."


class Command(BaseCommand):
    help = (
        "Mengimpor berkas bank (YAML atau XLSX) menjadi draf. Bila ada masalah, tidak ada yang ditulis. "
        "Isi yang sudah ada dibiarkan. --dry-run hanya menampilkan perbedaan dengan versi terbaru. "
        "--publish menerbitkannya langsung tanpa telaah orang kedua: hanya untuk bank bawaan saat pemasangan."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--publish", action="store_true", help="terbitkan draf yang baru diimpor")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="tampilkan perbedaan dengan versi terbaru; tidak menulis apa pun",
        )
        parser.add_argument("--by", metavar="NIP", help="pelaku yang dicatat; bawaan: akun teknis")

    def handle(self, *, files, publish, by, dry_run, **options):
        bank_files = read_files(files)
        count = report(self, bank_files)
        if count:
            raise CommandError(f"{count} masalah harus dibereskan; tidak ada yang diimpor.")
        if dry_run:
            self._show(bank_files)
            return
        with transaction.atomic():
            actor = self._actor(by)
            lines = [self._import(bank_file, actor, publish) for bank_file in bank_files]
        for line in lines:
            self.stdout.write(line)

    def _show(self, bank_files):
        """What an import would do; every refusal is shown before the command fails."""
        refused = 0
        for bank_file in bank_files:
            plan = plan_import(bank_file.document)
            refused += bool(plan.refusal)
            self.stdout.write(f"{bank_file.filename}: {_outlook(plan)}")
            if plan.changes and not plan.same:
                for line in lines_of(plan.changes):
                    self.stdout.write(f"  {line}")
        self.stdout.write("Uji coba: tidak ada yang ditulis.")
        if refused:
            raise CommandError(f"{refused} berkas tidak dapat diimpor sekarang; alasannya tertulis di atas.")

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


def _outlook(plan):
    """What would become of a file, in a sentence."""
    if plan.refusal:
        return f"tidak dapat diimpor. {plan.refusal}"
    if plan.same:
        return f"isinya sudah ada sebagai {plan.same} ({plan.same.get_status_display().lower()})."
    if plan.newest is None:
        return "kuesioner baru; akan menjadi draf versi 1."
    newest = f"{plan.newest} ({plan.newest.get_status_display().lower()})"
    return f"akan menjadi draf versi {plan.newest.number + 1}. Perbedaan dengan {newest}:"
