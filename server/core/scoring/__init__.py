"""From a transcript to a draft in which every mark rests on a quote."""
