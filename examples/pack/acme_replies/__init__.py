"""How Acme answers its customers: rules and a detector for replylint."""
