"""After the encounter: drafts of scorecards, made from the log and kept; later raters, calibration and debriefing."""
