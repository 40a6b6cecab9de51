"""Document -> findings: all that one document and packaged knowledge can tell. An extractor is a pure function."""
