"""How the classifier of events was made."""
