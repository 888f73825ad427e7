"""The faculty's marks, step by step, and what each step needs."""
