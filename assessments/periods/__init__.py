"""The room of an agency's HR staff: periods from the first draft to the closing."""
