"""Logistic regression over named signs, for confidences that a person can read."""

from collections.abc import Iterable

import numpy


def fit(rows: Iterable[tuple[Iterable[tuple[str, float]], bool]], ridge: float) -> dict[str, float]:
    """Logistic regression by Newton's method, all weights but that of `any` held near 0 (Hoerl and Kennard 1970):
    their squares, times half of `ridge`, count against them. `rows`: the signs of each, and whether it is right."""
    pairs = [(dict(signs), right) for signs, right in rows]
    if not pairs:
        return {}
    names = sorted({name for signs, _ in pairs for name in signs})
    x = numpy.array([[signs.get(name, 0.0) for name in names] for signs, _ in pairs])
    y = numpy.array([float(right) for _, right in pairs])
    held = numpy.diag([1e-6 if name == "any" else ridge for name in names])
    weights = numpy.zeros(len(names))
    for _ in range(50):
        chance = 1 / (1 + numpy.exp(-x @ weights))
        slope = x.T @ (y - chance) - held @ weights
        step = numpy.linalg.solve((x.T * (chance * (1 - chance))) @ x + held, slope)
        weights += step
        if numpy.abs(step).max() < 1e-9:
            break
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}
