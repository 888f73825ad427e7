"""The page in a real browser against the real server: what a learner does, and what they see."""
