from django.urls import path

from reports.views import dashboard, exports, personal, sharing, technical, unit_pages

app_name = "reports"
urlpatterns = [
    path("mengisi/<uuid:public_id>/kirim/", personal.submit, name="submit"),
    path("laporan/<uuid:public_id>/", personal.personal, name="personal"),
    path("laporan/<uuid:public_id>/laporan.pdf", personal.personal_pdf, name="personal_pdf"),
    path("berbagi/", sharing.shares, name="shares"),
    path("berbagi/<uuid:share_id>/", sharing.share, name="share"),
    path("laporan-teknis/", technical.technical_reports, name="technical_reports"),
    path("laporan-teknis/<uuid:campaign_id>/", technical.technical, name="technical"),
    path(
        "laporan-teknis/<uuid:campaign_id>/laporan-teknis.pdf", technical.technical_pdf, name="technical_pdf"
    ),
    path("dasbor/", dashboard.dashboards, name="dashboards"),
    # Before the pages of agencies, whose codes are slugs as well; a campaign's id is never a word.
    path("dasbor/tutup/<uuid:campaign_id>/", dashboard.close, name="close"),
    path("dasbor/bekukan/<uuid:campaign_id>/<slug:agency_code>/", dashboard.freeze_results, name="freeze"),
    path("dasbor/<uuid:campaign_id>/", dashboard.national, name="national"),
    path("dasbor/<uuid:campaign_id>/<slug:agency_code>/", dashboard.agency, name="agency"),
    path(
        "dasbor/<uuid:campaign_id>/<slug:agency_code>/unit/<slug:unit_code>/", dashboard.agency, name="unit"
    ),
    *(
        path(f"dasbor/<uuid:campaign_id>/<slug:agency_code>/unit/<slug:unit_code>/{place}/", view, name=name)
        for name, place, view in (
            ("items", "butir", unit_pages.items),
            ("groups", "kelompok", unit_pages.groups),
            ("comparisons", "pembanding", unit_pages.comparisons),
            ("learning", "kebutuhan-belajar", unit_pages.learning),
            ("exports", "ekspor", exports.exports),
        )
    ),
    path("ekspor/<uuid:export_id>/", exports.export_file, name="export_file"),
]
