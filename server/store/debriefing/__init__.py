"""What is written after an encounter: reflections, boards and playlists."""
