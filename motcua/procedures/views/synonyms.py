"""The page of everyday words: what people say, what it means at this office, and the office's own word on it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.kernel.access import person_of, requires
from motcua.kernel.organisation import Office
from motcua.procedures import policies, queries, services
from motcua.procedures.models import Synonym

ON_A_PAGE = 50


class SynonymForm(forms.Form):
    """A phrase and its meaning at one office."""

    phrase = forms.CharField(
        label=gettext_lazy("What people say"),
        help_text=gettext_lazy("One expression, with or without accents. For example: xin xây nhà."),
        max_length=100,
    )
    codes = forms.CharField(
        label=gettext_lazy("Codes of the procedures it means"),
        help_text=gettext_lazy("One or more codes with blanks between them, the likeliest first."),
        max_length=200,
        required=False,
    )
    words = forms.CharField(
        label=gettext_lazy("Or words to read in its place"),
        help_text=gettext_lazy("The office's words, for example: giấy phép xây dựng. Both empty: it is silenced."),
        max_length=200,
        required=False,
    )

    def set_at(self, office: Office, **who: Any) -> bool:
        """Whether the service took it; a refusal stands at its field."""
        typed = self.cleaned_data
        try:
            services.set_synonym(
                office=office,
                phrase=typed["phrase"],
                codes=typed["codes"].replace(",", " ").split(),
                words=typed["words"],
                **who,
            )
        except services.SynonymRefused as refused:
            self.add_error("codes" if refused.codes else "phrase", _said_of(refused))
        return not self.errors


def _said_of(refused: services.SynonymRefused) -> str:
    if refused.codes:
        return _("The catalogue has no procedure with this code: %(codes)s.") % {"codes": ", ".join(refused.codes)}
    return _("Write at least one word with letters.")


@requires(*policies.MANAGES)
@require_safe
def everyday(request: HttpRequest) -> HttpResponse:
    """Every phrase that counts at the office, with a search among them."""
    office, text = _office(request), request.GET.get("q", "").strip()[:100]
    found, page = queries.said_at(office, text), request.GET.get("page", "1")
    n = int(page) if page.isdecimal() and 0 < int(page) < 1000 else 1
    shown: dict[str, Any] = {"office": office, "asked": text, "total": len(found)}
    shown["rows"] = found[(n - 1) * ON_A_PAGE : n * ON_A_PAGE]
    shown["previous"] = _address(office, q=text, page=n - 1) if n > 1 else ""
    shown["next"] = _address(office, q=text, page=n + 1) if len(found) > n * ON_A_PAGE else ""
    shown["offices"] = policies.offices_to_manage(person_of(request), timezone.localdate())
    return render(request, "procedures/synonyms/list.html", shown)


@requires(*policies.MANAGES)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """One phrase: a new one, or the office's word on one that counts there already."""
    office = _office(request)
    form = SynonymForm(request.POST or None, initial=_as_it_is(office, request.GET.get("phrase", "")))
    who = {"by": person_of(request), "at": timezone.now()}
    if request.method == "POST" and form.is_valid() and form.set_at(office, **who):
        messages.success(request, _("Saved. It counts from the next search on."))
        return redirect(_address(office, q=form.cleaned_data["phrase"]))
    shown = {"office": office, "form": form}
    return render(request, "procedures/synonyms/change.html", shown, status=422 if form.errors else 200)


@requires(*policies.MANAGES)
@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """The office's own word taken back."""
    office = _office(request)
    try:
        synonym = queries.said_row(office, pk)
    except Synonym.DoesNotExist:
        raise Http404 from None
    services.take_synonym_back(synonym=synonym, by=person_of(request), at=timezone.now())
    messages.success(request, _("Taken back. What everybody's list says counts again."))
    return redirect(_address(office, q=synonym.phrase))


def _office(request: HttpRequest) -> Office:
    try:
        return policies.get_office(person_of(request), request.GET.get("office", ""), timezone.localdate())
    except Office.DoesNotExist:
        raise Http404 from None


def _as_it_is(office: Office, phrase: str) -> dict[str, str]:
    """What the phrase means at the office now, to begin with."""
    said = next((one for one in queries.said_at(office, phrase[:100]) if one.phrase == phrase), None)
    if said is None:
        return {"phrase": phrase[:100]}
    return {"phrase": said.phrase, "codes": " ".join(said.codes), "words": said.words}


def _address(office: Office, **asked: Any) -> str:
    return f"{reverse('synonyms')}?{urlencode({'office': office.code} | {k: v for k, v in asked.items() if v})}"
