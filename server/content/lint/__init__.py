"""What is wrong with a case or a rubric beyond its form, and what its author should look at; a file for each kind."""
