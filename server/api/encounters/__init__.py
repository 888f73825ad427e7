"""Cases to meet and encounters with them: begun, talked, watched, corrected."""
