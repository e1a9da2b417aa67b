from django.urls import include, path

from development.views import calendars, prints, reminders
from development.views import plan as pages

plan = (
    [
        path("rencana/", pages.plan, name="plan"),
        path("rencana/tambah/", pages.add, name="add"),
        path("rencana/<uuid:public_id>/", pages.goal, name="goal"),
        path("rencana/rencana.pdf", prints.plan, name="plan_pdf"),
        path("rencana/kalender.ics", calendars.plan, name="plan_calendar"),
        path("rencana/<uuid:public_id>/kalender.ics", calendars.goal, name="goal_calendar"),
        path("rencana/pengingat/berhenti/<uuid:key>/", reminders.stop, name="stop_reminders"),
    ],
    "development",
)

urlpatterns = [path("", pages.home, name="home"), path("", include(plan))]
