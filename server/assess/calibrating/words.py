"""What the report of a calibration says in words, and how it looks; colours are those of the pages."""

from __future__ import annotations

from server.assess.calibrating.comparing import LEAST
from server.assess.calibrating.deciding import BIAS_MATTERS, MOST_BELOW
from server.assess.calibrating.figures import RESAMPLES
from server.assess.calibrating.study import ENOUGH

AGREEMENT = "Filled circle: draft with faculty. Open square: faculty with faculty, the ceiling. Lines: 95 % intervals."
DIFFERENCES = (
    "Each circle is one place, its area the number of transcripts. Whole line: mean. Dashed: limits of agreement."
)
LENIENCY = "Box: the middle half. Thick line: the median. Whiskers: all."
DRIFT = (
    "Filled circle: second mark less the first. Open square: movement from the first transcript to the last, against "
    "the other people's; where one becomes stricter, the others seem to become more lenient."
)

HOW = (
    f"Below {LEAST} transcripts nothing is shown: an interval would be about as wide as the figure's whole "
    f"range. Below {ENOUGH} nothing is decided (Koo & Li 2016 ask for 30 for a study of agreement).",
    "Kappa is weighted by squared distance (Cohen 1968). ICC(2,1) is two-way random, absolute agreement, one "
    "rater (Shrout & Fleiss 1979; McGraw & Wong 1996). Both are means over pairs: of two people, and of the "
    "draft with each person, on the same transcripts. Limits of agreement are after Bland & Altman (1986).",
    f"Intervals: the middle 95 % of {RESAMPLES:,} resamples of the transcripts. In a simulation they held the "
    f"truth in 91 to 97 of 100 rounds from {ENOUGH} transcripts on, and in 88 to 93 at {LEAST}. Of many "
    "intervals some miss by chance.",
    f"A dimension is stopped where the draft is more than {MOST_BELOW:.2f} below the ceiling (Williamson, Xi & "
    "Breyer 2012), or below it by an interval that leaves out 0, or no better than a constant answer, or "
    f"where people do not agree beyond chance. Bias is corrected only from {BIAS_MATTERS} of a level on, where "
    "its interval leaves out 0 and the correction helps on transcripts that it was not fitted on.",
    "These figures are about these transcripts and these people. They do not show that the marks are right, "
    "that they are fair to every group, or that they would hold for other cases. A rater's distance from the "
    "others is no fault.",
)

STYLE = """
:root{--paper:#faf8f4;--surface:#fff;--sunken:#f1eee8;--ink:#20242a;--ink-soft:#575c63;--line:#dcd7cd;
--line-strong:#857f73;--accent:#1d5c57;--accent-soft:#e2eeec;
--sans:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;
--serif:ui-serif,"Iowan Old Style",Palatino,Georgia,"Noto Serif","Liberation Serif",serif}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 var(--sans)}
main{max-width:66rem;margin:0 auto;padding:clamp(1.5rem,4vw,3.5rem) 1.25rem}
h1,h2,h3{font-family:var(--serif);line-height:1.25;margin:0 0 .6rem}
h1{font-size:clamp(1.75rem,1.3rem + 1.8vw,2.5rem)}h2{font-size:1.375rem;margin-top:2.5rem}
p{max-width:44rem;margin:.5rem 0}.soft{color:var(--ink-soft)}
section.one{border-top:1px solid var(--line);margin-top:2rem}
figure{margin:1rem 0;background:var(--surface);border:1px solid var(--line);border-radius:.625rem;padding:1rem;
max-width:48rem}
figcaption{font-size:.875rem;color:var(--ink-soft);margin-top:.4rem}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:.9375rem}
caption{text-align:left;font-weight:600;padding-bottom:.35rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .9rem .35rem 0;border-bottom:1px solid var(--line)}
thead th{border-bottom:2px solid var(--line-strong);font-weight:600}tbody th{font-weight:500}
td{font-variant-numeric:tabular-nums}
svg{display:block;width:100%;height:auto;font-family:var(--sans);font-size:13px}
svg text{fill:var(--ink)}svg .tick,svg .axis{fill:var(--ink-soft);font-size:12px}
svg .grid{stroke:var(--line)}svg .zero{stroke:var(--line-strong);stroke-width:1.5}
svg .reach{stroke:var(--ink);stroke-width:1.5}svg .middle{stroke:var(--ink);stroke-width:3}
svg .full{fill:var(--accent);stroke:var(--ink)}svg .open{fill:var(--surface);stroke:var(--ink);stroke-width:2}
svg .box{fill:var(--accent-soft);stroke:var(--ink);stroke-width:1.5}
svg .bubble{fill:var(--accent);fill-opacity:.45;stroke:var(--ink)}
svg .bias{stroke:var(--ink);stroke-width:2}svg .limit{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:6 5}
@media print{@page{margin:16mm}body{background:#fff;font-size:10.5pt}main{max-width:none;padding:0}
section,figure,tr{break-inside:avoid}section.one{break-inside:auto}h2,h3,caption{break-after:avoid}
figure{border-radius:0}.wide{overflow:visible}table{font-size:9.5pt}}
"""
