"""A bare Django view to measure against: a session, its person, thirty radios; and one row for each post.

Only what such a view cannot do without stands in its settings. It runs on the product's own database.
"""
