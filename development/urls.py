from django.urls import include, path

from development.views import plan as pages

plan = (
    [
        path("rencana/", pages.plan, name="plan"),
        path("rencana/tambah/", pages.add, name="add"),
        path("rencana/<uuid:public_id>/", pages.goal, name="goal"),
    ],
    "development",
)

urlpatterns = [path("", pages.home, name="home"), path("", include(plan))]
