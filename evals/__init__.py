"""Scores on public gold sets, and the floors below which they may not fall."""
