"""What a cohort's encounters with one case say together, with n and its uncertainty beside every figure.

Nobody is named and nobody can be ranked. Below `FEWEST` learners nothing is shown.
"""
