"""What is said in the measurements of speaking: replies as a model writes them for a patient, cut by nobody's leave.

Chosen before anything was measured, for their first sentences: with and without a comma, short and long.
"""

REPLIES = (
    "Well, it started last night after dinner, doctor, and the pain went down my left arm. I thought it was heartburn.",
    "I'm all packed. My daughter said she would come for me, but she has her own children to think about.",
    "To be honest with you, I haven't been sleeping much since they told me, and my mind just keeps going round.",
    "No, nobody has explained it to me. They came in, looked at the chart, and went out again before I could ask.",
    "I take the little white one in the morning and the other one at night, unless I forget it. Is that very bad?",
    "My husband always dealt with the papers, you see, and since he died I have just put them all in a drawer.",
    "It's not the pain that frightens me so much. It's that I won't manage the stairs, and then what would they do?",
    "Oh, you know, I don't like to make a fuss. The other lady needs you far more than I do.",
)
LONG = (
    "My chest has been hurting since yesterday evening, and it gets worse whenever I climb the stairs at home, "
    "especially after a meal or when I carry the shopping from the car, so my son told me I should see somebody."
)
"""One long sentence: the worst to break off."""
