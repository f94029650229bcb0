"""Reading intake: only referrals and enrollments in the viewer's reach exist."""
