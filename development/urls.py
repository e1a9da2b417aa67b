from django.urls import include, path

from development.views import plan as pages
from development.views import reminders

plan = (
    [
        path("rencana/", pages.plan, name="plan"),
        path("rencana/tambah/", pages.add, name="add"),
        path("rencana/<uuid:public_id>/", pages.goal, name="goal"),
        path("rencana/pengingat/berhenti/<uuid:key>/", reminders.stop, name="stop_reminders"),
    ],
    "development",
)

urlpatterns = [path("", pages.home, name="home"), path("", include(plan))]
