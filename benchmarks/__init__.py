"""Where the figures come from: each program here writes one result file."""
