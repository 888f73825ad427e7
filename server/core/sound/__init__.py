"""What is known of sound without hearing a word: levels, echo, clatter, where speech begins and ends."""
