"""Reports to print and keep: one encounter, or a cohort."""
