"""Every field of every table is classified exactly once."""

from collections import Counter

from django.apps import apps

from openmission.kernel.sensitivity import LEVELS


def test_every_field_is_classified_exactly_once() -> None:
    faults = []
    for model in apps.get_models():
        if not model.__module__.startswith("openmission."):
            continue
        levels = {
            name: value for name, value in vars(getattr(model, "Sensitivity", object)).items() if name[:2] != "__"
        }
        faults += [f"{model.__name__}: unknown level {name}" for name in levels if name not in LEVELS]
        named = Counter(field for fields in levels.values() for field in fields)
        fields = {field.name for field in model._meta.get_fields() if field.concrete}
        faults += [f"{model.__name__}.{name} is not classified" for name in sorted(fields - set(named))]
        faults += [f"{model.__name__}.{name} is no field" for name in sorted(set(named) - fields)]
        faults += [f"{model.__name__}.{name} is classified {count} times" for name, count in named.items() if count > 1]
    assert faults == []
