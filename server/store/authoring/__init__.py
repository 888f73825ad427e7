"""Case files on their way to students: editions, remarks and steps."""
