from django.urls import path

from agencies import factor_reset, views

app_name = "agencies"
urlpatterns = [
    path("", views.rooms, name="rooms"),
    path("faktor-kedua/", factor_reset.page, name="reset_factor"),
    path("templat/<slug:file_name>/", views.template, name="template"),
    path("impor/<uuid:upload_id>/", views.roster, name="roster"),
    path("impor/<uuid:upload_id>/ditolak.csv", views.rejected, name="rejected"),
    path("instansi/<slug:agency_code>/", views.room, name="room"),
]
