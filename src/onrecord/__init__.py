"""onrecord: a ledger of who said what, and on whose word."""

__version__ = "0.1.0"
