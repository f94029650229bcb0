"""Every field is classified the day it is born.

A model carries an inner class `Sensitivity` whose attributes are tuples of field names; each concrete field is in
exactly one of them (`tests/house/test_sensitivity.py`):

    class Sensitivity:
        technical = ("id", "created_at")
        identity = ("first_name", "birth_date")

technical    keys, states, counters: nothing about a person
operational  about staff and work: names of workers, teams, dates of work
identity     says who a client is or how to reach them
clinical     health, substance use, housing, justice: 42 CFR Part 2 and HIPAA apply
secret       credentials and keys
"""

LEVELS = ("technical", "operational", "identity", "clinical", "secret")


def classified(model: type) -> dict[str, str]:
    """Return {field name: level} as the model declares it; a field named twice keeps the last (the test objects)."""
    declared = getattr(model, "Sensitivity", None)
    return {name: level for level in LEVELS for name in getattr(declared, level, ())}
