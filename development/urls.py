from django.urls import include, path

from development.views import calendars, prints, reminders, sharing
from development.views import plan as pages

plan = (
    [
        path("rencana/", pages.plan, name="plan"),
        path("rencana/tambah/", pages.add, name="add"),
        path("rencana/<uuid:public_id>/", pages.goal, name="goal"),
        path("rencana/rencana.pdf", prints.plan, name="plan_pdf"),
        path("rencana/kalender.ics", calendars.plan, name="plan_calendar"),
        path("rencana/<uuid:public_id>/kalender.ics", calendars.goal, name="goal_calendar"),
        # Beside the report a share may show the plan, which the app of reports does not know.
        path("laporan/<uuid:public_id>/bagikan/", sharing.give, name="give_share"),
        path("dibagikan/<uuid:share_id>/", sharing.shared, name="shared"),
        path("rencana/pengingat/berhenti/<uuid:key>/", reminders.stop, name="stop_reminders"),
    ],
    "development",
)

urlpatterns = [path("", pages.home, name="home"), path("", include(plan))]
