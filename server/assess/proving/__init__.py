"""A case proves itself: attacked, questioned, rehearsed."""
