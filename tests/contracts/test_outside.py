"""Whatever system a room asks: it has words for those who miss it, and gives up within half a minute by itself."""

import pytest
from django.utils.translation import override

from motcua.kernel import outbox, outside

LONGEST = 30


@pytest.mark.parametrize("name", outside.names())
def test_a_system_outside_has_words_in_both_languages_and_a_time_limit(name: str) -> None:
    system = outside._systems[name]
    said = []
    for language in ("vi", "en"):
        with override(language):
            said.append((str(system.label), str(system.effect)))
    assert all(label and effect.endswith(".") for label, effect in said)
    assert said[0] != said[1]
    assert 0 < system.seconds <= LONGEST


def test_every_delivery_names_a_system_that_is_registered_or_none() -> None:
    named = {target.system for target in outbox._targets.values() if target.system}
    assert named <= set(outside.names())
