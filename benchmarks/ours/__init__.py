"""The measured programs of our side: each runs in a process of its own, and answers round by round."""
