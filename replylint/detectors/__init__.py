"""One file for each way of finding a signal in a text."""
