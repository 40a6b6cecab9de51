"""How the encoder that finds statements was made; see `train`."""
