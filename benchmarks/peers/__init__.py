"""Programs that run what Bedside is compared with. They run in the peers' environment and import nothing of Bedside."""
