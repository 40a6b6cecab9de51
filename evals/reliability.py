"""Whether the confidence of statements means what it says: of those given 80 in a hundred, are 80 right?

    python -m evals.reliability --data ../shared/data

writes the reliability diagram `docs/reliability.svg`. Each of PolNeAR's dev articles is judged by weights learned on
the others, so that the figures are no better than they would be on articles not seen.
"""

import argparse
import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from training.statements.calibrate import crossed, own_level_judged

from evals.calibration import Answer, Bin, area, bins, calibration_error
from evals.measure import Score
from evals.measure import score as scored

FAMILY = "reliability"
TARGET = Path("docs/reliability.svg")


def score(data: Path) -> Iterator[Score]:
    """Both so that more is better. Drawing articles again adds noise to the bins, which can only add to the error: the
    interval of the first lies somewhat too low."""
    answers = crossed(own_level_judged(data))
    by_article = [[a for a in answers if a.article == number] for number in sorted({a.article for a in answers})]

    def over(measure: Callable[[Sequence[Answer]], float]) -> Callable[[Sequence[Sequence[Answer]]], float]:
        return lambda articles: measure([a for article in articles for a in article])

    yield scored(FAMILY, "1 - calibration error", by_article, over(lambda a: 1 - calibration_error(a)), n=len(answers))
    yield scored(FAMILY, "right ranked above wrong", by_article, over(area), n=len(answers))


SIDE, MARGIN = 320, 56


def diagram(rows: Sequence[Bin], error: float) -> str:
    """An SVG: of each bin what was said across, what was right upward, with its 95% interval; the diagonal is truth."""

    def x(share: float) -> str:
        return f"{MARGIN + share * SIDE:.1f}"

    def y(share: float) -> str:
        return f"{MARGIN / 2 + (1 - share) * SIDE:.1f}"

    total = sum(b.n for b in rows)
    title = f"Of {total:,} statements: confidence, and the share that is right"
    ticks = [tick / 5 for tick in range(6)]
    width, height = SIDE + 2 * MARGIN, SIDE + MARGIN / 2 + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height:.0f}" '
        f'viewBox="0 0 {width} {height:.0f}" role="img" font-family="sans-serif" font-size="12" fill="#1b1d21">',
        f"<title>{title}; expected calibration error {error:.3f}</title>",
        f'<rect width="{width}" height="{height:.0f}" fill="#fdfcf9"/>',
        f'<g stroke="#d9d7d0">{"".join(_grid(x(t), y(t), x, y) for t in ticks)}</g>',
        f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#6b6f76" stroke-dasharray="4 4"/>',
        *(f'<text x="{x(t)}" y="{float(y(0)) + 18:.1f}" text-anchor="middle">{t:.0%}</text>' for t in ticks),
        *(f'<text x="{MARGIN - 8}" y="{float(y(t)) + 4:.1f}" text-anchor="end">{t:.0%}</text>' for t in ticks),
        f'<text x="{x(0.5)}" y="{float(y(0)) + 40:.1f}" text-anchor="middle">confidence, mean of a tenth</text>',
        f'<text transform="translate(14 {y(0.5)}) rotate(-90)" text-anchor="middle">share that is right</text>',
    ]
    for b in rows:
        low, high = wilson(b.right, b.n)
        parts.append(
            f"<g><title>{b.n} statements: said {b.said:.3f}, right {b.right:.3f} ({low:.3f} to {high:.3f})</title>"
            f'<path d="M{x(b.said)} {y(low)}V{y(high)}" stroke="#0176ca" stroke-width="2"/>'
            f'<circle cx="{x(b.said)}" cy="{y(b.right)}" r="4.5" fill="#0176ca"/></g>'
        )
    parts.append(
        f'<text x="{x(0.98)}" y="{y(0.05)}" text-anchor="end">expected calibration error {error:.3f}</text></svg>'
    )
    return "\n".join(parts) + "\n"


def _grid(x: str, y: str, across: Callable[[float], str], up: Callable[[float], str]) -> str:
    return f'<path d="M{x} {up(0)}V{up(1)}M{across(0)} {y}H{across(1)}"/>'


def wilson(share: float, n: int) -> tuple[float, float]:
    """The 95% interval of a share of n (Wilson 1927)."""
    z = 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - half, middle + half


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    answers = crossed(own_level_judged(parser.parse_args().data))
    rows = bins(answers)
    print(f"{'n':>5} {'said':>6} {'right':>6} {'95% interval':>15}")
    for b in rows:
        low, high = wilson(b.right, b.n)
        print(f"{b.n:5} {b.said:6.3f} {b.right:6.3f} {low:6.3f} to {high:.3f}")
    error = calibration_error(answers)
    TARGET.write_text(diagram(rows, error), encoding="utf-8")
    print(f"{TARGET}: expected calibration error {error:.4f}, right ranked above wrong {area(answers):.4f}")


if __name__ == "__main__":
    main()
