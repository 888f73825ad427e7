"""Accounts, how one gets in, who is in which course, and what is theirs to see and to erase."""
