"""What a learner does after an encounter: reflections, goals, boards, and a moment taken up again."""
