from django.core.management.base import BaseCommand
from django.utils import timezone

from reports.exports.actions import remove_expired


class Command(BaseCommand):
    help = (
        "Menghapus berkas ekspor hasil yang sudah kedaluwarsa; catatannya tetap ada. Dijalankan berkala (cron), aman "
        "diulang."
    )

    def handle(self, *args, **options):
        removed = remove_expired(now=timezone.now())
        self.stdout.write(f"{removed} berkas ekspor dihapus.")
