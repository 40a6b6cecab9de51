"""Who takes part in a deed: noun phrases, whose things are, pronouns, and who fills the slots."""
