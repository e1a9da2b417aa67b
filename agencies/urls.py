from django.urls import path

from agencies import factor_reset
from agencies.views import codes, roles, rosters

app_name = "agencies"
urlpatterns = [
    path("", rosters.rooms, name="rooms"),
    path("faktor-kedua/", factor_reset.page, name="reset_factor"),
    path("templat/<slug:file_name>/", rosters.template, name="template"),
    path("impor/<uuid:upload_id>/", rosters.roster, name="roster"),
    path("impor/<uuid:upload_id>/ditolak.csv", rosters.rejected, name="rejected"),
    path("instansi/<slug:agency_code>/", rosters.room, name="room"),
    path("instansi/<slug:agency_code>/kode/", codes.codes, name="codes"),
    path("instansi/<slug:agency_code>/peran/", roles.roles, name="roles"),
]
