"""An entry's entities as actors."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from onrecord.model.entries import Commitment, Event, Participant, Statement, Value

_V = TypeVar("_V", bound=Value)


def with_actors(value: _V, actors: Mapping[str, str]) -> _V:
    """`value` with the actor in place of each entity's key, for what is shown and exported. `actors`: key -> actor, of
    the entities of its document; a key that is not there stays."""

    def of(one: Participant | None) -> Participant | None:
        return msgspec.structs.replace(one, entity=actors.get(one.entity, one.entity)) if one and one.entity else one

    match value:
        case Statement(speaker=speaker) if speaker and speaker.entity:
            known = msgspec.structs.replace(speaker, entity=actors.get(speaker.entity, speaker.entity))
            return msgspec.structs.replace(value, speaker=known)
        case Event():
            who = tuple(of(one) for one in value.actors)
            whom = tuple(of(one) for one in value.recipients)
            return msgspec.structs.replace(value, actors=who, recipients=whom)
        case Commitment():
            return msgspec.structs.replace(value, by=of(value.by), to=of(value.to))
        case _:
            return value
