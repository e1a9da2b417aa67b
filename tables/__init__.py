"""Tables that people bring as files, CSV or XLSX, read row by row. Knows no Django and nothing of the product."""
