"""Courses, what is assigned in them, attempts at it, and practice that is shown to a course."""
