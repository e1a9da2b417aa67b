from django.urls import path

from privacy.views import incidents, notices, own_data, protection, rights

app_name = "privacy"
_OWN = "data-saya/"
_AGENCY = "sdm/instansi/<slug:agency_code>/pelindungan-data/"
urlpatterns = [
    path(_OWN, own_data.my_data, name="my_data"),
    path(_OWN + "bagian/<slug:part>/", own_data.part, name="part"),
    path(_OWN + "data-saya.json", own_data.copy_as_json, name="copy_json"),
    path(_OWN + "data-saya.csv", own_data.copy_as_csv, name="copy_csv"),
    path(_OWN + "data-saya.pdf", own_data.copy_as_pdf, name="copy_pdf"),
    path(_OWN + "skema.json", own_data.json_schema, name="json_schema"),
    path(_OWN + "hak/", rights.rights, name="rights"),
    path(_OWN + "pemberitahuan/<slug:agency_code>/<slug:version>/", notices.notice, name="notice"),
    path(_AGENCY, protection.protection, name="protection"),
    path(_AGENCY + "permintaan/<uuid:request_id>/", protection.request, name="request"),
    path(_AGENCY + "pemberitahuan/", notices.publish, name="publish_notice"),
    path(_AGENCY + "insiden/", incidents.report, name="report_incident"),
    path(_AGENCY + "insiden/<uuid:incident_id>/", incidents.incident, name="incident"),
    path(_AGENCY + "insiden/<uuid:incident_id>/surat.pdf", incidents.letters, name="incident_letters"),
]
