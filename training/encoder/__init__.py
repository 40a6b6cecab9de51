"""How the encoder that labels statements and names was made; see `train`."""
