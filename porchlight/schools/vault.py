"""A school's words under its own key: AES-256-GCM, bound to school, table, row and field.

Two layers. The server's seal key (`toolbox/sealed.py`), which no database holds, wraps a data key for each school; the
data key closes the fields. So the seal key is changed without touching a row, and a school's data key without
touching another school. A process opens a data key once and keeps it in memory.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from porchlight.schools.models.keys import SchoolKey
from porchlight.toolbox import sealed
from porchlight.toolbox.keys import random_key
from porchlight.toolbox.sealed import WrongSeal

_FORM = "2"  # 1 is what the server's key closes itself
SEALED = f"{_FORM}."  # how everything closed with a school's key begins
_MOST = 4_096  # keys held in memory
_held: dict[tuple[int, str], AESGCM] = {}


def close(words: str, *, school_id: int, place: str) -> str:
    """The words as text that only this school's key opens, and only in this place. In the school's context."""
    key = current_key(school_id)
    return f"{_FORM}.{key.key}.{sealed.encrypt(_cipher(school_id, key.key, key), words, place)}"


def open_closed(text: str, *, school_id: int, place: str) -> str:
    """What `close()` closed. In the school's context. Raises WrongSeal."""
    form, _, rest = text.partition(".")
    name, _, body = rest.partition(".")
    if form != _FORM:
        raise WrongSeal(
            "This is not sealed with the school's key. If PORCHLIGHT_SEAL_KEY is right, `porchlight keys rotate` "
            "seals what an older version kept plain."
        )
    return sealed.decrypt(_cipher(school_id, name), body, place)


def key_of(text: str) -> str:
    """The name of the data key that closed it; empty when none did."""
    form, _, rest = text.partition(".")
    return rest.partition(".")[0] if form == _FORM else ""


def current_key(school_id: int) -> SchoolKey:
    """The key new seals use; made when the school has none yet."""
    found = SchoolKey.objects.in_school(school_id).current().first()
    return found or make_key(school_id)


def make_key(school_id: int) -> SchoolKey:
    """A fresh data key. The one before must be retired; of two made at the same moment, one stays."""
    name = random_key()
    secret = {"key": urlsafe_b64encode(AESGCM.generate_key(256)).decode()}
    wrapped = sealed.seal(secret, _place(school_id, name))
    made, _is_new = SchoolKey.objects.get_or_create(
        school_id=school_id, retired_at=None, defaults={"key": name, "wrapped": wrapped}
    )
    return made


def unwrap(key: SchoolKey) -> AESGCM:
    """The data key itself, from the row and the server's key as they are now. Raises WrongSeal."""
    secret = sealed.unseal(key.wrapped, _place(key.school_id, key.key))
    return AESGCM(urlsafe_b64decode(secret["key"]))


def wrap_anew(key: SchoolKey) -> bool:
    """Put it under the newest seal key; False when it is there already. Raises WrongSeal."""
    wrapped = sealed.renewed(key.wrapped, _place(key.school_id, key.key))
    if wrapped == key.wrapped:
        return False
    key.wrapped = wrapped
    key.save(update_fields=["wrapped"])
    return True


def forget() -> None:
    """Hold no opened key: after the server's own key was changed under a running process."""
    _held.clear()


def _cipher(school_id: int, name: str, row: SchoolKey | None = None) -> AESGCM:
    place = (school_id, name)
    if place not in _held:
        found = row or SchoolKey.objects.in_school(school_id).filter(key=name).first()
        if found is None:
            raise WrongSeal(
                "The seal does not open: the school's key that closed it is not here. Restore the database together "
                "with the PORCHLIGHT_SEAL_KEY of its day."
            )
        if len(_held) >= _MOST:
            _held.clear()
        _held[place] = unwrap(found)
    return _held[place]


def _place(school_id: int, name: str) -> str:
    return f"schools.schoolkey:{school_id}:{name}"
