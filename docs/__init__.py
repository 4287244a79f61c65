"""The documentation: pages written by hand, and what is generated from the rule files, by `python -m docs`."""
