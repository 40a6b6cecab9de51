"""Bodies, places, products and countries of different documents: one by their full names, by initials, and by the short
forms that a document uses for a long one."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from onrecord.link.forms import body, common, country_code, fold
from onrecord.link.traits import evidence, in_common, kept_company, member, spelled, traits
from onrecord.model import Cluster, Evidence, MentionKind, Sketch
from onrecord.model.links import EvidenceKind

_MOST_PART = 0.7
"""Of the documents that use a short form, those that use it for the same long one."""


def link_countries(sketches: Sequence[Sketch]) -> list[Cluster]:
    """A country, or a people, under all its names."""
    groups: defaultdict[str, list[Sketch]] = defaultdict(list)
    for one in sketches:
        groups[one.country or country_code(one.name) or fold(one.name)].append(one)
    return [_cluster(groups[key], "country" if key.isupper() else "name", []) for key in sorted(groups)]


def link_bodies(sketches: Sequence[Sketch]) -> list[Cluster]:
    """Everything that is neither a person nor a country."""
    forms = {id(one): body(one.name, one.country) for one in sketches}
    longer = _longer(sketches, forms)
    groups: defaultdict[str, list[Sketch]] = defaultdict(list)
    why: defaultdict[str, list[Evidence]] = defaultdict(list)
    for one in sketches:
        form, seen = forms[id(one)], set()
        while form in longer and form not in seen:
            seen.add(form)
            form = longer[form]
        if form != forms[id(one)]:
            kind: EvidenceKind = "acronym" if fold(one.name).replace(" ", "") in _initials(form) else "form"
            why[form].append(evidence(kind, (one.name, form), (one.document,)))
        groups[form].append(one)
    clusters = []
    for form in sorted(groups):
        for part in _owners(groups[form]) if common(form) else _kinds(groups[form]):
            clusters.append(_cluster(part, "name", why[form]))
    return clusters


def _longer(sketches: Sequence[Sketch], forms: dict[int, str]) -> dict[str, str]:
    """Short form -> the long one that documents use it for, where they agree. A form that many bodies bear has none."""
    uses: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in sketches:
        for form in {body(alias) for alias in one.aliases} - {forms[id(one)]}:
            uses[form][forms[id(one)]] += 1
    found = {}
    for form, longs in sorted(uses.items()):
        top = min(longs, key=lambda long: (-longs[long], long))
        if longs[top] >= _MOST_PART * longs.total() and not common(form):
            found[form] = top
    return found


def _initials(form: str) -> set[str]:
    words = form.split()
    return {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in ("of", "the", "for", "and"))}


def _kinds(group: Sequence[Sketch]) -> list[list[Sketch]]:
    """A place and a body of one name are two, unless the name has several words: then one of the kinds is mistaken."""
    if " " in body(group[0].name):
        return [list(group)]
    places = [one for one in group if one.type == "place"]
    return [part for part in (places, [one for one in group if one.type != "place"]) if part]


def _owners(group: Sequence[Sketch]) -> list[list[Sketch]]:
    """Of a name that many bodies bear (`the council`), those that keep company; each other stays by itself."""
    parts: list[tuple[set[str], list[Sketch]]] = []
    index: defaultdict[str, set[int]] = defaultdict(set)
    for one in map(traits, group):
        near = sorted({n for key in one.beside for n in index[key] if kept_company(parts[n][0], one.beside)})
        if near:
            n = near[0]
            parts[n][0].update(one.beside)
            parts[n][1].append(one.sketch)
            for other in near[1:]:
                parts[n][0].update(parts[other][0])
                parts[n][1].extend(parts[other][1])
                for key in parts[other][0]:
                    index[key].discard(other)
                    index[key].add(n)
                parts[other] = (set(), [])
        else:
            n = len(parts)
            parts.append((set(one.beside), [one.sketch]))
        for key in one.beside:
            index[key].add(n)
    return [part for _, part in parts if part]


def _cluster(group: Sequence[Sketch], kind: EvidenceKind, why: Sequence[Evidence]) -> Cluster:
    members = sorted({member(one) for one in group})
    types: Counter[MentionKind] = Counter(one.type for one in group)
    found: list[Evidence] = []
    if len(members) > 1:
        names = Counter(one.name for one in group)
        said = sorted(names, key=lambda name: (-names[name], name))
        found = [evidence(kind, said, (one.document for one in group)), *_merged(why)]
        found += [e for e in in_common(map(traits, group)) if e.kind == "company"]
    return Cluster(
        members=tuple(members),
        name=spelled(group),
        type=min(types, key=lambda type_: (-types[type_], type_)),
        evidence=tuple(found),
    )


def _merged(why: Sequence[Evidence]) -> list[Evidence]:
    """One evidence for the same words."""
    documents: defaultdict[tuple[EvidenceKind, tuple[str, ...]], list[str]] = defaultdict(list)
    for one in why:
        documents[one.kind, one.words] += one.documents
    return [evidence(kind, said, where) for (kind, said), where in sorted(documents.items())]
