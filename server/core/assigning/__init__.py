"""What a course asks of its learners: windows, attempts, release of marks, arms of a study, retention."""
