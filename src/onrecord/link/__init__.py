"""What needs more than one document: who is the same in which."""
