"""Reading rosters: rows of plain text become what should be, or problems that say how to mend them. Knows no Django."""
