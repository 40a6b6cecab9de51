"""How the tables beside the encoder that find statements were made; `python -m training.statements` makes all."""
