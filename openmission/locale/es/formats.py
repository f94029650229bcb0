"""Days and numbers in the Spanish of the United States: "lun 23 nov", "1,234.5"."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
FIRST_DAY_OF_WEEK = 0
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%m/%d/%Y"]


def __getattr__(name: str) -> str:
    """A format as a page writes it, such as "D j M": months are small in Spanish and a full one follows "de"."""
    if "_" in name:  # the name of a setting
        raise AttributeError(name)
    return name.replace("M", "b").replace("j F", r"j \d\e F").replace("F Y", r"F \d\e Y")
