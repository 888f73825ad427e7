"""An encounter as it is kept: its pinned case, its log, its marks by software, and who was let in."""
