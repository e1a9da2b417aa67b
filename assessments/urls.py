from django.urls import path

from assessments import preview, views
from assessments.views import letters, period_steps, periods

app_name = "assessments"
urlpatterns = [
    path("kuesioner/<slug:code>/", views.introduction, name="introduction"),
    path("tugas/<uuid:assignment_id>/<slug:code>/", views.task, name="task"),
    path("mengisi/<uuid:public_id>/", views.resume, name="resume"),
    path("mengisi/<uuid:public_id>/bagian/<int:number>/", views.section, name="section"),
    path("mengisi/<uuid:public_id>/tinjau/", views.review, name="review"),
    path("periode/", periods.campaigns, name="campaigns"),
    path("periode/baru/", periods.draft_campaign, name="draft_campaign"),
    path("periode/<uuid:public_id>/", periods.campaign, name="campaign"),
    path("periode/<uuid:public_id>/kuesioner/", period_steps.questionnaires, name="campaign_questionnaires"),
    path("periode/<uuid:public_id>/pegawai/", period_steps.people, name="campaign_people"),
    path("periode/<uuid:public_id>/waktu/", period_steps.times, name="campaign_times"),
    path("periode/<uuid:public_id>/periksa/", period_steps.check, name="campaign_check"),
    path("periode/<uuid:public_id>/hapus/", periods.discard_campaign, name="discard_campaign"),
    path("periode/<uuid:public_id>/perpanjang/", periods.extend_campaign, name="extend_campaign"),
    path("periode/<uuid:public_id>/surel/", letters.letters, name="letters"),
    # Never signed in: the link at the foot of every letter.
    path("periode/pengingat/berhenti/<str:token>/", letters.stop, name="stop_letters"),
    # For editors: the frame of the preview page in the admin, which names this address and nothing else of this app.
    path("pratinjau/<int:version_id>/<int:number>/", preview.preview, name="preview"),
]
