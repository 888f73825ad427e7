"""What a learner is shown and asked afterwards, and a moment taken up again."""
