"""Reading a page as a browser without JavaScript does: every control that would be sent, every id, every label."""

from collections import Counter
from html.parser import HTMLParser

from django.http import QueryDict

VOID = {"input", "br", "img", "meta", "link"}


class Page(HTMLParser):
    """The controls of a piece of HTML, its ids and what points at them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.pointed_at: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self._select: tuple[str, list[tuple[str, bool]]] | None = None
        self._textarea: tuple[str, list[str]] | None = None
        self.feed(html)
        self.close()
        assert self.open == [], f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag not in VOID:
            self.open.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        self.pointed_at += [given["for"]] if "for" in given else []
        self.pointed_at += given.get("aria-describedby", "").split()
        self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        if tag == "input" and given.get("type") in {"radio", "checkbox"}:
            self.sent += [(given["name"], given["value"])] if "checked" in given else []
        elif tag == "input" and given.get("type") != "file":
            self.sent.append((given["name"], given.get("value", "")))
        elif tag == "select":
            self._select = (given["name"], [])
        elif tag == "option" and self._select:
            self._select[1].append((given["value"], "selected" in given))
        elif tag == "textarea":
            self._textarea = (given["name"], [])

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._textarea:
            self._textarea[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> crosses another element"
        if tag == "select" and self._select:
            name, options = self._select
            chosen = [value for value, selected in options if selected] or [value for value, _ in options[:1]]
            self.sent += [(name, value) for value in chosen]
            self._select = None
        if tag == "textarea" and self._textarea:
            # A browser drops the first line break of a textarea.
            self.sent.append((self._textarea[0], "".join(self._textarea[1]).removeprefix("\n")))
            self._textarea = None

    @property
    def text(self) -> str:
        """The words of the page."""
        return " ".join("".join(self.words).split())

    def post(self, **more: str) -> QueryDict:
        """What the browser would send, with some controls set otherwise."""
        data = QueryDict(mutable=True)
        for name, value in self.sent:
            data.appendlist(name, value)
        for name, value in more.items():
            data[name.replace("__", "-")] = value
        return data

    def assert_sound(self) -> None:
        """Every id once, every label and description leads somewhere, every control has a name for people."""
        assert [name for name, times in Counter(self.ids).items() if times > 1] == []
        assert set(self.pointed_at) <= set(self.ids)
        labelled = set(self.pointed_at)
        for tag, given in self.elements:
            if tag in {"input", "select", "textarea"} and given.get("type") != "hidden":
                assert given["id"] in labelled, given
