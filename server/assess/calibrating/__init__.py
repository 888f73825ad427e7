"""Drafts compared with one's own faculty's marks, and drafts as that comparison leaves them."""
