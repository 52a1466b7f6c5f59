"""Every template can be read, whether or not a test happens to draw it."""

from django.template import TemplateSyntaxError
from django.template.loader import get_template

from tests.house import tree


def test_every_template_can_be_read() -> None:
    found = []
    # Those of the sign-in package are read with its own tags.
    for path in sorted((tree.ROOT / "motcua").rglob("templates/**/*.html")):
        name = str(path).partition("/templates/")[2]
        if name.startswith("allauth/"):
            continue
        try:
            get_template(name)
        except TemplateSyntaxError as error:
            found.append(f"{name}: {error}")
    assert not found, "\n".join(found)
