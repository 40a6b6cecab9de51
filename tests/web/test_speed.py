"""A long report with thousands of marks opens without a wait. Processor time, for a busy machine tells nothing by
the clock; measured at 0.2 s, so that the bound catches a change of kind and not of degree."""

import random
import time

from harbour import article, entry

from onrecord.model import Span, Speaker, Statement, Timex
from onrecord.web.page import environment
from onrecord.web.reader import article_page

WORDS = "the board counted every invoice twice and wrote to the ministry about sheet piling at night".split()


def test_twenty_thousand_words_with_three_thousand_crossing_marks():
    rng = random.Random(0)
    document = article([("paragraph", " ".join(rng.choices(WORDS, k=100))) for _ in range(200)])
    entries = []
    for block in document.blocks:
        for _ in range(4):
            start = rng.randrange(block.span.start, block.span.end - 80)
            span = Span(start=start, end=min(start + rng.randrange(20, 200), block.span.end))
            entries.append(entry(document, Statement(contents=(span,), speaker=Speaker(name="the board"))))
        for _ in range(11):
            start = rng.randrange(block.span.start, block.span.end - 45)
            span = Span(start=start, end=start + rng.randrange(5, 45))
            entries.append(entry(document, Timex(span=span, type="DATE")))
    template = environment(ledger_name="long.db").get_template("article.html")
    began = time.process_time()
    html = template.render(article_page(document, entries, {}))
    assert time.process_time() - began < 1.5
    assert html.count('id="s-') >= 700
