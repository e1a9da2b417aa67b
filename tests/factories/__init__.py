"""Factories for rows; states are reached by calling the actions."""
