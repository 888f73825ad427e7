"""Engines in processes of their own: started warm, watched, ended by the clock, and fed with frames."""
