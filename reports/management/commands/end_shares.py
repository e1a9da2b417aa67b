from django.core.management.base import BaseCommand
from django.utils import timezone

from reports.sharing.actions import end_lapsed_shares


class Command(BaseCommand):
    help = (
        "Menandai pembagian laporan yang sudah berakhir: lewat tanggalnya, akunnya tidak aktif lagi, atau laporannya "
        "dibuka kembali; dijalankan berkala (cron), aman diulang."
    )

    def handle(self, *args, **options):
        ended = end_lapsed_shares(now=timezone.now())
        self.stdout.write(f"{ended} pembagian laporan berakhir.")
