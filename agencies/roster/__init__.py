"""Import of units and people: a file comes in, is read beside the server, shown as differences, and applied."""
