"""The pure core: what an encounter is and how it moves.

Standard library only; no clock, no asyncio, no logging. What the core cannot do (hear, speak, wait, store) it asks for
with an effect, and is told the outcome with an event. The duties of whoever performs those effects are written in
`server.core.effects`.
"""
