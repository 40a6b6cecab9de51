"""The reading room: a ledger's pages on this machine, and their twins for other programs."""

from onrecord.web.application import application
from onrecord.web.server import serve

__all__ = ["application", "serve"]
