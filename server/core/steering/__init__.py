"""Steering an encounter from outside: somebody who watches brings a moment forward, an author tries a case out."""
