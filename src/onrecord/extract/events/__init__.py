"""Events: who did what to whom, where and when. Types, modes and contexts after PLOVER, the codebook of 2021."""

VERSION = "events/1"

__all__ = ["VERSION"]
