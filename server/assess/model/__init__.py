"""Rating by a chat model, which points at evidence and never gives a level."""
