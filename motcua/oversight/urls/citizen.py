"""What anybody may say without an account."""

from django.urls import URLPattern, URLResolver, path

from motcua.oversight.views import feed, feedback_public, public

_FEEDBACK = "<slug:commune>/feedback/"
_OPENED = f"{_FEEDBACK}status/<str:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("guidance/<str:token>.atom", feed.atom, name="guidance-feed"),
    path("<slug:commune>/difficulty/", public.new, name="public-difficulty"),
    path("<slug:commune>/difficulty/sent/<str:token>/", public.sent, name="public-difficulty-sent"),
    path(_FEEDBACK, feedback_public.new, name="feedback-send"),
    path(f"{_FEEDBACK}answers/", feedback_public.answers, name="feedback-answers"),
    path(f"{_FEEDBACK}status/", feedback_public.status, name="feedback-status"),
    path(_OPENED, feedback_public.one, name="feedback-opened"),
    path(f"{_OPENED}sent/", feedback_public.sent, name="feedback-sent"),
    path(f"{_OPENED}reply/", feedback_public.reply, name="feedback-reply"),
    path(f"{_OPENED}judge/", feedback_public.judge, name="feedback-judge"),
    path(f"{_OPENED}files/<int:pk>/", feedback_public.file, name="feedback-own-file"),
]
