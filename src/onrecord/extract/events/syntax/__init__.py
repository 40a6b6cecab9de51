"""The parse of a passage as the events need it: mended, as plain lists, and what it tells of a clause."""
