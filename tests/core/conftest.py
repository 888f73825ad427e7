"""How hard the generated tests look: a glance by default, `pytest tests/core --hypothesis-profile=thorough` for a
search.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "thorough",
    deadline=None,
    max_examples=250,
    stateful_step_count=60,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
