from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class BackgroundConfig(AppConfig):
    name = "background"
    verbose_name = "Pekerjaan latar"

    def ready(self):
        # Every app says in its background_work.py what it has done by workers, as it says in admin.py what is edited.
        autodiscover_modules("background_work")
