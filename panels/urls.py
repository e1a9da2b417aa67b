from django.urls import path

from panels import views

app_name = "panels"
urlpatterns = [
    path("masuk/<slug:token>/", views.enter, name="enter"),
    path("tautan-tidak-dikenal/", views.unknown_link, name="unknown_link"),
    path("<uuid:panel_id>/", views.introduction, name="introduction"),
    path("<uuid:panel_id>/halaman/<int:number>/", views.page, name="page"),
    path("<uuid:panel_id>/selesai/", views.finish, name="finish"),
]
