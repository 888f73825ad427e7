"""Models that are fetched once: names, files, licences, and a fetch that can be taken up again."""
