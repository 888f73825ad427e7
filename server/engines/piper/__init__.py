"""Piper's voices, cut so that speech begins before its sentence is whole."""
