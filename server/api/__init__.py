"""REST and the door of the wire: who may ask, what they may see, and one shape for every refusal.

The rule a newcomer would break: a route touches an encounter only through `server.api.access`.
"""
