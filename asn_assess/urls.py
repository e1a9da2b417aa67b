"""All addresses of the product."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from accounts.views import offline, service_worker
from agencies import staff_door

handler500 = "monitoring.views.server_error"

urlpatterns = [
    path("akun/", include("accounts.urls")),
    path("bahasa/", login_not_required(set_language), name="set_language"),
    path("luring/", offline, name="offline"),
    path("pekerja.js", service_worker, name="service_worker"),
    path("ruang-kerja/", staff_door.enter, name="staff_door"),
    path("ruang-kerja/keluar/", staff_door.leave, name="leave_staff_rooms"),
    path("admin/", admin.site.urls),
    path("sdm/", include("agencies.urls")),
    path("panel/", include("panels.urls")),
    path("", include("privacy.urls")),
    path("", include("assessments.urls")),
    path("", include("reports.urls")),
    path("", include("development.urls")),
]
