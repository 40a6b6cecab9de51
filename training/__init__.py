"""How the tables and weights in the package were made."""
