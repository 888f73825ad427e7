"""A language model behind an OpenAI-compatible server, for replies and for ratings; what it says is checked."""
