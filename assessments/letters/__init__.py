"""What a period writes to its people by e-mail: invitations, and reminders to those who have not finished."""
