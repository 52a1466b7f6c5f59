"""What anybody may say without an account."""

from django.urls import URLPattern, URLResolver, path

from motcua.oversight.views import feed, public

urlpatterns: list[URLPattern | URLResolver] = [
    path("guidance/<str:token>.atom", feed.atom, name="guidance-feed"),
    path("<slug:commune>/difficulty/", public.new, name="public-difficulty"),
    path("<slug:commune>/difficulty/sent/<str:token>/", public.sent, name="public-difficulty-sent"),
]
