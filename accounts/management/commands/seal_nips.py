from django.core.management.base import BaseCommand, CommandError

from accounts import resealing


class Command(BaseCommand):
    help = (
        "Menyegel ulang NIP yang belum disegel dengan kunci terbaru (NIP_KEYS). Dijalankan berkala (cron), dapat "
        "dihentikan dan diulang kapan saja."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="hanya menghitung; tidak ada yang diubah")

    def handle(self, *, dry_run, **options):
        if dry_run:
            count = resealing.to_reseal().count()
            self.stdout.write(f"{count} NIP akan disegel dengan kunci terbaru. Tidak ada yang diubah.")
            return
        done, doubles = 0, []
        for batch in resealing.reseal():
            done += batch.done
            doubles.extend(batch.doubles)
        self.stdout.write(f"{done} NIP disegel dengan kunci terbaru.")
        if doubles:
            raise CommandError(
                f"Akun {', '.join(map(str, doubles))} mempunyai NIP yang sama dengan akun lain; keduanya tidak diubah. "
                "Tentukan mana yang benar, lalu hapus yang lain dengan erase_person."
            )
        self.stdout.write("Tidak ada NIP yang masih disegel dengan kunci lama.")
