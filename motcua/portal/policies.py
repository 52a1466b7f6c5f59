"""Who may change a centre: whoever holds a post with the right to its settings in the office or above it."""

from datetime import date

from motcua.kernel import identity
from motcua.kernel.identity import Person, Post
from motcua.kernel.organisation import Office


class NotAllowed(PermissionError):
    """The person holds no post that allows a change of this office."""

    def __init__(self, office: Office) -> None:
        super().__init__(f"{identity.SETTINGS} in {office.code}")
        self.office = office


def post_to_change(person: Person, office: Office, day: date) -> Post | None:
    """The post by which the person may change the office; None for the product's own hand, which needs none."""
    if person.is_system:
        return None
    post = identity.post_for(person, day, identity.SETTINGS, office.path)
    if post is None:
        raise NotAllowed(office)
    return post
