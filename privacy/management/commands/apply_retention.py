from django.core.management.base import BaseCommand

from privacy import retention


class Command(BaseCommand):
    help = "Menghapus data yang masa simpannya habis, golongan demi golongan. Aman diulang."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="hanya menghitung; tidak ada yang dihapus")

    def handle(self, *, dry_run, **options):
        for outcome in retention.due() if dry_run else retention.apply():
            days, done = outcome.rule.kept.days, "akan dihapus" if dry_run else "dihapus"
            self.stdout.write(f"{outcome.rule.label} (disimpan {days} hari): {outcome.count} {done}")
        if dry_run:
            self.stdout.write("Tidak ada yang diubah.")
