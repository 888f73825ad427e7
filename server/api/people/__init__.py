"""Who is who: accounts, signing in, and what is one's own."""
