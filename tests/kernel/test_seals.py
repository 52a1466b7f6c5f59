"""The centre's own key: made once, renewed by command, proving for ever what it sealed."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from django.db import transaction

from motcua.kernel import seals
from motcua.kernel.seals import Seal, SealKey

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    settings.KEYS_FOLDER = tmp_path / "keys"
    return tmp_path / "keys"


def words(text: str, key: str) -> str:
    return f"{text} under {key}"


def rotated() -> SealKey:
    with transaction.atomic():
        return seals.rotate(at=NOW)


@pytest.mark.django_db
def test_what_was_sealed_holds_and_one_changed_letter_does_not() -> None:
    seal, keys = seals.seal(partial(words, "a filing")), seals.published()
    assert seals.holds(words("a filing", seal.key), seal, keys)
    assert not seals.holds(words("a Filing", seal.key), seal, keys)
    assert not seals.holds(words("a filing", seal.key), Seal(seal.key, "A" * 86), keys)
    assert not seals.holds(words("a filing", seal.key), seal, {})
    assert not seals.holds(words("a filing", seal.key), Seal(seal.key, "no base64"), keys)


@pytest.mark.django_db
def test_the_first_key_is_made_when_it_is_needed_and_only_its_owner_reads_it(folder: Path) -> None:
    seals.seal(partial(words, "x"))
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.django_db
def test_a_new_key_seals_from_now_on_and_the_old_one_goes_on_proving() -> None:
    old = seals.seal(partial(words, "before"))
    key = rotated()
    new = seals.seal(partial(words, "after"))
    assert (new.key, key.ended_at) == (key.pk, None)
    assert old.key != new.key
    assert SealKey.objects.get(pk=old.key).ended_at == NOW
    assert seals.holds(words("before", old.key), old, seals.published())
    assert seals.holds(words("after", new.key), new, seals.published())


@pytest.mark.django_db
def test_nobody_can_seal_with_an_old_key_once_it_is_forgotten(folder: Path) -> None:
    seals.seal(partial(words, "x"))
    rotated()
    seals.forget_old_private_keys()
    assert [file.name for file in folder.iterdir()] == ["seal-000002"]


@pytest.mark.django_db
def test_a_key_is_published_once_however_often_it_is_asked() -> None:
    seals.publish(at=NOW)
    seals.publish(at=NOW)
    assert list(SealKey.objects.values_list("id", flat=True)) == list(seals.published())
