"""Other people's tools beside ours, over the same gold in one run. None of them is a dependency of onrecord."""
