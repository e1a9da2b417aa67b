"""Makes our admin site the default one. Apart from the site, because app configs load before models."""

from django.contrib.admin.apps import AdminConfig


class CerminAdminConfig(AdminConfig):
    default_site = "agencies.admin_site.CerminAdminSite"
