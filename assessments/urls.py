from django.urls import path

from assessments import preview, views

app_name = "assessments"
urlpatterns = [
    path("kuesioner/<slug:code>/", views.introduction, name="introduction"),
    path("tugas/<uuid:assignment_id>/<slug:code>/", views.task, name="task"),
    path("mengisi/<uuid:public_id>/", views.resume, name="resume"),
    path("mengisi/<uuid:public_id>/bagian/<int:number>/", views.section, name="section"),
    path("mengisi/<uuid:public_id>/tinjau/", views.review, name="review"),
    # For editors: the frame of the preview page in the admin, which names this address and nothing else of this app.
    path("pratinjau/<int:version_id>/<int:number>/", preview.preview, name="preview"),
]
