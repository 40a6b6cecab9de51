"""Gold for who is who over several articles: ECB+ and MEANTIME, mentions with the chain that each belongs to.

ECB+ (Cybulska and Vossen 2014): human participants (`HUMAN_PART_*`) of the sentences that the set lists as checked,
in its dev topics. Each topic is a collection of its own, for its chains never leave a topic. MEANTIME (Minard et al.
2016): people, organisations and locations of the English articles; each of its three corpora is a collection. A mention
without a chain is one of its own.

Names, nominals and pronouns: MEANTIME marks some of its mentions as one of them. Where the gold does not say, a name is
what ends in a word that has a capital letter three times in four in the collection, and is no title (`CEO`).
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple
from xml.etree import ElementTree

from evals.names import NO_SPACE_AFTER, NO_SPACE_BEFORE, document
from onrecord.extract.lexicon import bare, titles
from onrecord.model import Block, Document, Span

ECB_DEV = (2, 5, 12, 18, 21, 23, 34, 35)
PRONOUNS = frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself he him his himself she her hers herself it "
    "its itself they them their theirs themselves who whom whose which that this these those one everyone everybody "
    "anyone anybody someone somebody nobody none both all each another other others where here there".split()
)
_FORMS: dict[str, "Form"] = {"NAM": "name", "PRE.NAM": "name", "PRO": "pronoun", "WHQ": "pronoun"}
_ENDS = frozenset("of for in from at on to with by who which that whose whom and , ( - –".split())
_TYPES = frozenset(("PER", "ORG", "LOC"))

Form = Literal["name", "nominal", "pronoun"]


class Gold(NamedTuple):
    """A mention: its words, its head, the chain that it belongs to, and what sort of words it is."""

    start: int
    end: int
    head: tuple[int, int]
    chain: str
    form: Form


class Article(NamedTuple):
    document: Document
    gold: tuple[Gold, ...]


class Collection(NamedTuple):
    """Articles whose chains may run from one to the other."""

    name: str
    articles: tuple[Article, ...]


class Text(NamedTuple):
    """The running text of an article, and where each of its tokens stands."""

    document: Document
    words: dict[str, str]
    spans: dict[str, Span]


def ecb(data: Path) -> Iterator[Collection]:
    """The dev topics of ECB+."""
    root = data / "gold" / "ecbplus"
    checked: defaultdict[str, set[str]] = defaultdict(set)
    with (root / "ECBplus_coreference_sentences.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            checked[f"{row['Topic']}_{row['File']}"].add(row["Sentence Number"])
    for topic in ECB_DEV:
        paths = [path for path in sorted((root / str(topic)).glob("*.xml")) if path.stem in checked]
        trees = [ElementTree.parse(path).getroot() for path in paths]
        large = capitalised(trees)
        articles = (_ecb_article(p.stem, t, checked[p.stem], large) for p, t in zip(paths, trees, strict=True))
        yield Collection(f"topic {topic}", tuple(articles))


def _ecb_article(name: str, root: ElementTree.Element, checked: set[str], large: set[str]) -> Article:
    text = running(name, root)
    sentence = {token.get("t_id", ""): token.get("sentence", "") for token in root.iter("token")}
    chains = {}
    for relation in (*root.iter("CROSS_DOC_COREF"), *root.iter("INTRA_DOC_COREF")):
        id_ = relation.get("note") or f"{name} {relation.get('r_id')}"
        chains.update({source.get("m_id"): id_ for source in relation.iter("source")})
    gold = []
    for mention in root.iter():
        tokens = [anchor.get("t_id", "") for anchor in mention.findall("token_anchor")]
        if not mention.tag.startswith("HUMAN_PART") or not tokens or sentence[tokens[0]] not in checked:
            continue
        id_ = mention.get("m_id", "")
        gold.append(_gold(text, head(text, tokens), tokens, chains.get(id_, f"{name} {id_}"), large))
    return Article(text.document, tuple(sorted(set(gold))))


def meantime(data: Path) -> Iterator[Collection]:
    """The three corpora of MEANTIME."""
    for folder in sorted((data / "gold" / "meantime").glob("corpus_*")):
        paths = sorted(folder.glob("*.xml"))
        trees = [ElementTree.parse(path).getroot() for path in paths]
        large = capitalised(trees)
        articles = (_meantime_article(p.stem, tree, large) for p, tree in zip(paths, trees, strict=True))
        yield Collection(folder.name, tuple(articles))


def _meantime_article(name: str, root: ElementTree.Element, large: set[str]) -> Article:
    text = running(name, root)
    entities = {e.get("m_id"): e for e in root.iter("ENTITY") if e.get("ent_type") in _TYPES}
    chains = {}
    for relation in root.iter("REFERS_TO"):
        target = relation.find("target")
        entity = entities.get(target.get("m_id")) if target is not None else None
        if entity is not None:
            id_ = entity.get("instance_id") or f"{name} {entity.get('m_id')}"
            chains.update({source.get("m_id"): id_ for source in relation.iter("source")})
    gold = []
    for mention in root.iter("ENTITY_MENTION"):
        tokens = [anchor.get("t_id", "") for anchor in mention.findall("token_anchor")]
        chain = chains.get(mention.get("m_id"))
        if chain and tokens:
            own = head(text, tokens, mention.get("head", ""))
            gold.append(_gold(text, own, tokens, chain, large, _FORMS.get(mention.get("syntactic_type", ""))))
    return Article(text.document, tuple(sorted(set(gold))))


def running(name: str, root: ElementTree.Element) -> Text:
    """Tokens set as running text, a paragraph a sentence."""
    text, blocks = "", []
    words: dict[str, str] = {}
    spans: dict[str, Span] = {}
    sentence, start, glue = None, 0, True
    for token in root.iter("token"):
        word = token.text or ""
        if token.get("sentence") != sentence:
            if len(text) > start:
                blocks.append(Block(kind="paragraph", span=Span(start=start, end=len(text))))
                text += "\n\n"
            sentence, start, glue = token.get("sentence"), len(text), True
        if not glue and word not in NO_SPACE_BEFORE:
            text += " "
        glue = word in NO_SPACE_AFTER
        words[token.get("t_id", "")] = word
        spans[token.get("t_id", "")] = Span(start=len(text), end=len(text) + len(word))
        text += word
    blocks.append(Block(kind="paragraph", span=Span(start=start, end=len(text))))
    return Text(document(name, text, blocks), words, spans)


def head(text: Text, tokens: Sequence[str], written: str = "") -> list[str]:
    """The tokens of a mention's head: those of `written` where the gold gives it, else what stands before the first
    preposition, comma or relative pronoun, without a genitive's ending and what begins it."""
    if written:
        wanted = written.split()
        for i in range(len(tokens) - len(wanted) + 1):
            if [text.words[t] for t in tokens[i : i + len(wanted)]] == wanted:
                return list(tokens[i : i + len(wanted)])
    end = next((i for i, t in enumerate(tokens) if i and text.words[t].lower() in _ENDS), len(tokens))
    kept = list(tokens[:end])
    while len(kept) > 1 and re.fullmatch(r"['’]s?|\W+", text.words[kept[-1]]):
        kept.pop()
    return kept


def capitalised(trees: Iterable[ElementTree.Element]) -> set[str]:
    """The words, in small letters, that are written with a capital three times in four."""
    words = Counter(token.text or "" for tree in trees for token in tree.iter("token"))
    large: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for word, n in words.items():
        every[word.lower()] += n
        large[word.lower()] += n if word[:1].isupper() else 0
    return {word for word, n in large.items() if n and n >= 0.75 * every[word]}


def _gold(
    text: Text, own: Sequence[str], tokens: Sequence[str], chain: str, large: set[str], form: Form | None = None
) -> Gold:
    """One mention with its offsets; `own` are the tokens of its head."""
    if form is None:
        plain = all(text.words[token].lower().strip("\"'") in PRONOUNS for token in tokens)
        last = text.words[own[-1]].lower()
        form = "pronoun" if plain else "name" if last in large and bare(last) not in titles().roles else "nominal"
    first, last = text.spans[own[0]].start, text.spans[own[-1]].end
    last -= len(re.search(r"(?:['’]s?)?$", text.words[own[-1]])[0])  # type: ignore[index]
    return Gold(text.spans[tokens[0]].start, text.spans[tokens[-1]].end, (first, last), chain, form)


Keys = Sequence[str]
"""A cluster's name for each mention, in one order for gold and answer."""


def b_cubed(gold: Keys, found: Keys) -> list[tuple[float, float]]:
    """Precision and recall of each mention (Bagga and Baldwin 1998)."""
    golds, founds = Counter(gold), Counter(found)
    both = Counter(zip(gold, found, strict=True))
    return [(both[g, f] / founds[f], both[g, f] / golds[g]) for g, f in zip(gold, found, strict=True)]


def muc(gold: Keys, found: Keys) -> tuple[float, float]:
    """Precision and recall of links (Vilain et al. 1995)."""
    both = Counter(zip(gold, found, strict=True))

    def one(whole: Keys, side: int) -> float:
        sizes = Counter(whole)
        parts = Counter(pair[side] for pair in both)
        links = sum(n - 1 for n in sizes.values())
        return sum(n - parts[key] for key, n in sizes.items()) / links if links else 0.0

    return one(found, 1), one(gold, 0)


def ceaf_e(gold: Keys, found: Keys) -> tuple[float, float]:
    """Precision and recall of clusters that are aligned one to one, by phi4 (Luo 2005)."""
    golds, founds = Counter(gold), Counter(found)
    both = Counter(zip(gold, found, strict=True))
    rows, columns = sorted(golds), sorted(founds)
    similar: defaultdict[int, dict[int, float]] = defaultdict(dict)
    place = {key: i for i, key in enumerate(columns)}
    for (g, f), n in both.items():
        similar[rows.index(g)][place[f]] = 2 * n / (golds[g] + founds[f])
    total = sum(_best(similar))
    return total / len(columns), total / len(rows)


def _best(similar: dict[int, dict[int, float]]) -> Iterator[float]:
    """The similarities of the best alignment, one connected part after the other."""
    left = set(similar)
    while left:
        rows, columns, queue = set(), set(), [min(left)]
        while queue:
            row = queue.pop()
            if row not in rows:
                rows.add(row)
                new = similar[row].keys() - columns
                columns |= new
                queue += [r for r in left if similar[r].keys() & new]
        left -= rows
        order = sorted(columns)
        yield -_assigned([[-similar[r].get(c, 0.0) for c in order] + [0.0] * len(rows) for r in sorted(rows)])


def _assigned(costs: list[list[float]]) -> float:
    """The least cost of giving each row a column of its own (Kuhn 1955, by potentials); columns are no fewer."""
    n, m = len(costs), len(costs[0])
    u, v, match = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1)
    for row in range(1, n + 1):
        match[0], column = row, 0
        least, used, back = [float("inf")] * (m + 1), [False] * (m + 1), [0] * (m + 1)
        while match[column]:
            used[column] = True
            current, delta, after = match[column], float("inf"), 0
            for j in range(1, m + 1):
                if not used[j]:
                    cost = costs[current - 1][j - 1] - u[current] - v[j]
                    if cost < least[j]:
                        least[j], back[j] = cost, column
                    if least[j] < delta:
                        delta, after = least[j], j
            for j in range(m + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            column = after
        while column:
            match[column], column = match[back[column]], back[column]
    return sum(costs[match[j] - 1][j - 1] for j in range(1, m + 1) if match[j])


def harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def mean(pairs: Iterable[tuple[float, float]]) -> float:
    """F1 of the means of precision and recall."""
    pairs = list(pairs)
    return harmonic(sum(p for p, _ in pairs) / len(pairs), sum(r for _, r in pairs) / len(pairs)) if pairs else 0.0
