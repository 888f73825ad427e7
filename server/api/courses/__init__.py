"""Courses: who is in them, what they are asked to do, attempts, release of marks, shares."""
