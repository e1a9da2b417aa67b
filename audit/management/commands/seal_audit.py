from django.core.management.base import BaseCommand

from audit.sealing import seal


class Command(BaseCommand):
    help = (
        "Menyegel peristiwa jejak audit yang belum tersegel; pekerja latar melakukannya sendiri setiap beberapa detik. "
        "Aman diulang dan aman dijalankan dua sekaligus."
    )

    def handle(self, *args, **options):
        sealed = seal()
        self.stdout.write(
            f"{sealed.number} peristiwa disegel. Ujung rantai: tempat {sealed.position}, {sealed.head.hex()}"
        )
