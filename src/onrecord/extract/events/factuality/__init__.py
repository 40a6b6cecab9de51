"""Whether a deed is told as done, by the words that govern it."""
