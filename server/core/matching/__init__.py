"""Which of the author's questions a learner asked, from the words alone."""
