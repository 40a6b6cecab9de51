from onrecord.model import Document, Source
from onrecord.read.encoding import Decoded


def page_document(decoded: Decoded, source: Source, *, reader: str) -> Document:
    raise NotImplementedError
