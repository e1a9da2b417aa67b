from django.urls import path

from privacy.views import own_data

app_name = "privacy"
urlpatterns = [
    path("", own_data.my_data, name="my_data"),
    path("bagian/<slug:part>/", own_data.part, name="part"),
    path("data-saya.json", own_data.copy_as_json, name="copy_json"),
    path("data-saya.csv", own_data.copy_as_csv, name="copy_csv"),
    path("data-saya.pdf", own_data.copy_as_pdf, name="copy_pdf"),
    path("skema.json", own_data.json_schema, name="json_schema"),
]
