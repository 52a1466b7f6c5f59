"""The addresses: machines under /api/, people under Vietnamese or, with /en/ before it, English addresses."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

handler500 = "motcua.ui.failures.server_error"
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("motcua.dossiers.urls.api")),
    path("api/exchange/", include("motcua.dossiers.urls.exchange")),
    path("", include("motcua.dossiers.urls.site")),
    path("", include("motcua.procedures.urls.site")),
    *i18n_patterns(
        path("accounts/", include("motcua.portal.urls.accounts")),
        path("accounts/", include("allauth.urls")),
        path("desk/", include("motcua.dossiers.urls.desk")),
        path("desk/", include("motcua.oversight.urls.desk")),
        path("desk/procedures/", include("motcua.procedures.urls.manage")),
        path("", include("motcua.portal.urls")),
        # A commune's own addresses come last: every first word above is reserved (kernel.organisation).
        path("", include("motcua.dossiers.urls.citizen")),
        path("", include("motcua.oversight.urls.citizen")),
        path("", include("motcua.procedures.urls.public")),
        prefix_default_language=False,
    ),
]
