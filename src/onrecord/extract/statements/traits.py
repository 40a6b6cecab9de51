"""What a candidate looks like, as named features: who stands as its source, in what form its cue, what its content."""

from typing import Any

from onrecord.extract.statements.clauses import SUBJECTS
from onrecord.extract.statements.sources import is_role
from onrecord.extract.statements.words import SHOWING, SPEECH_VERBS, TEXTS

THING = "shown by a thing"
"""Trait of a candidate whose source can be asked nothing: `the tracks suggested that`."""

_MARKS = ("if", "unless", "whether", "because", "after", "before", "while", "as", "when", "since", "though", "although")


def of_verb(verb: Any, who: Any | None, construction: str) -> tuple[str, ...]:
    """Features of a candidate whose cue is a verb. `who`: the head of its source."""
    children = list(verb.children)
    own = any(child.dep_ in SUBJECTS for child in children)
    form = _form(verb, children)
    found = [
        *_who(who),
        f"form {form}",
        f"{construction} {form}",
        f"dep {verb.dep_}",
        f"{form} {verb.dep_} {'own' if own else 'borrowed'}",
        *(f"aux {child.lower_}" for child in children if child.dep_ == "aux" and child.tag_ == "MD"),
        *(["negated"] if any(child.dep_ == "neg" for child in children) else []),
        *(f"mark {child.lower_}" for child in children if child.dep_ in ("mark", "advmod") and child.lower_ in _MARKS),
    ]
    if verb.lemma_ in SPEECH_VERBS:
        found += ["listed", f"listed {construction}"]
    if verb.lemma_ in SHOWING and _is_thing(who):
        found.append(THING)
    if who is not None:
        found.append(f"subject {_kind(who)} {construction}")
    return tuple(found)


def of_noun(noun: Any, who: Any | None, construction: str) -> tuple[str, ...]:
    """Features of a candidate whose cue is a noun."""
    before = next((child.lower_ for child in noun.children if child.dep_ == "det"), "none")
    return (*_who(who), f"noun det {before}", f"noun {noun.dep_}", f"{construction} {'of' if who is not None else ''}")


def _is_thing(who: Any | None) -> bool:
    if who is None or _kind(who) not in ("noun", "nouns") or who.lemma_.lower() in TEXTS:
        return False
    return not who.lemma_.lower().endswith(_PEOPLE)


_PEOPLE = ("er", "or", "ist", "ian", "ant", "man", "woman", "official", "people", "person", "resident", "student",
           "expert", "ally", "aide", "critic", "source", "family", "team", "group", "agency", "side",
           "party")  # fmt: skip


def _form(verb: Any, children: list[Any]) -> str:
    if any(child.lower_ == "to" and child.dep_ == "aux" for child in children):
        return "to"
    if verb.tag_ == "VBG":
        aux = next((child for child in children if child.dep_ == "aux"), None)
        return "ing" if aux is None else "was" if aux.tag_ == "VBD" else "progressive"
    if any(child.dep_ == "aux" and child.tag_ == "MD" for child in children):
        return "modal"
    if verb.tag_ == "VBN":
        return "perfect" if any(child.dep_ == "aux" for child in children) else "participle"
    return {"VBD": "past", "VBZ": "present", "VBP": "present"}.get(verb.tag_, "bare")


def _who(who: Any | None) -> tuple[str, ...]:
    if who is None:
        return ("who none",)
    kind = _kind(who)
    return (f"who {kind}", f"who {kind} {who.lemma_.lower()}") if kind in ("noun", "nouns") else (f"who {kind}",)


def _kind(who: Any) -> str:
    """A pronoun itself, else whether it is a name, a role, one or several of something."""
    if who.pos_ == "PRON" or who.tag_ in ("WDT", "WP", "DT"):
        return str(who.lower_)
    if who.pos_ == "PROPN" or who.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
        return f"name {who.ent_type_}"
    if who.pos_ == "NOUN":
        return "role" if is_role(who.lemma_.lower()) else "nouns" if who.tag_ == "NNS" else "noun"
    return "other"
