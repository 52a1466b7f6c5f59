"""The officer's pages of a dossier, all under /desk/."""

from django.urls import URLPattern, URLResolver, include, path

from motcua.dossiers.views import (
    board,
    desk,
    desk_accesses,
    desk_carrying,
    desk_counter,
    desk_exchange,
    desk_handover,
    desk_many,
    desk_messages,
    desk_papers,
    desk_route,
    desk_supplement,
)

_ONE = "dossiers/<str:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("find/", desk.find, name="desk-find"),
    path("board/", board.board, name="desk-board"),
    path("board/list/", board.dossiers, name="desk-board-list"),
    path("reports/", include("motcua.dossiers.urls.reports")),
    path("counter/", desk_counter.start, name="desk-counter"),
    path("counter/slip.pdf", desk_counter.slip, name="desk-counter-slip"),
    path("counter/slips.pdf", desk_counter.slip_of_sitting, name="desk-counter-slips"),
    path("counter/<str:code>/", desk_counter.sheet, name="desk-counter-sheet"),
    path("many/<slug:name>/", desk_many.act, name="desk-many"),
    path("handover/", desk_handover.day, name="desk-handover"),
    path("handover.pdf", desk_handover.sheet, name="desk-handover-sheet"),
    path("carry-over/", desk_carrying.page, name="desk-carry-over"),
    path("carry-over/template.xlsx", desk_carrying.template, name="desk-carry-over-template"),
    path("arrivals/<int:pk>/", desk_exchange.arrival, name="desk-arrival"),
    path("arrivals/<int:pk>/take/", desk_exchange.take, name="desk-arrival-take"),
    path("arrivals/<int:pk>/note/", desk_exchange.note, name="desk-arrival-note"),
    path("arrivals/<int:pk>/aside/", desk_exchange.aside, name="desk-arrival-aside"),
    path(_ONE, desk.dossier, name="desk-dossier"),
    path(f"{_ONE}papers/<str:sid>/<int:position>/", desk.paper, name="desk-paper"),
    path(f"{_ONE}filings/<int:n>/papers/<str:sid>/<int:position>/", desk.paper, name="desk-later-paper"),
    path(f"{_ONE}supplement/", desk_supplement.ask, name="desk-supplement"),
    path(f"{_ONE}supplement/enter/", desk_supplement.enter, name="desk-supplement-enter"),
    path(f"{_ONE}results/<int:pk>/", desk.result, name="desk-result"),
    path(f"{_ONE}opinions/<int:pk>/<slug:side>/", desk.opinion_file, name="desk-opinion-file"),
    path(f"{_ONE}route/", desk_route.route, name="desk-route"),
    path(f"{_ONE}slip.pdf", desk.slip, name="desk-slip"),
    path(f"{_ONE}forms/<int:pk>.pdf", desk_papers.issued, name="desk-form"),
    path(f"{_ONE}control.pdf", desk_papers.control, name="desk-control"),
    path(f"{_ONE}exchange/<int:pk>/", desk_exchange.delivery, name="desk-exchange"),
    path(f"{_ONE}outside-papers/<int:pk>/", desk_exchange.paper, name="desk-outside-paper"),
    path(f"{_ONE}messages/<int:pk>/", desk_messages.message, name="desk-message"),
    path(f"{_ONE}purpose/", desk_accesses.purpose, name="desk-purpose"),
    path(f"{_ONE}accesses/", desk_accesses.accesses, name="desk-accesses"),
    path(f"{_ONE}<slug:name>/", desk.act, name="desk-act"),
]
