"""Pages of the desk and the plan. Everything here is the signed-in person's own, or was shared with that person."""
