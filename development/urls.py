from django.urls import include, path

from development import views

plan = (
    [
        path("rencana/", views.plan, name="plan"),
        path("rencana/tambah/", views.add, name="add"),
        path("rencana/<uuid:public_id>/", views.goal, name="goal"),
    ],
    "development",
)

urlpatterns = [path("", views.home, name="home"), path("", include(plan))]
