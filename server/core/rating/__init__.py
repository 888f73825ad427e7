"""Evidence for rubrics that weigh kinds of it."""
