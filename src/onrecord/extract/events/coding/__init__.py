"""What the codebook calls a deed: its types and modes, rules for them, and how likely each is."""
