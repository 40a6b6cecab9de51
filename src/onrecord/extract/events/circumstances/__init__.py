"""When and where a deed took place, and how many it hit."""
