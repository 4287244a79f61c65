"""How right and how fast the tool is, measured."""
