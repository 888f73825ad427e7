"""Cases that are being written."""
