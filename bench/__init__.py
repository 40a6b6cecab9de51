"""Speed and memory, beside the bare parser in the same run."""
