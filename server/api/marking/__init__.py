"""What faculty do with one transcript: marks step by step, who may mark, what is let out when, and reports."""
