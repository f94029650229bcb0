"""The table that people read."""

from typing import Any

HEAD = f"{'':28}{'p50 ms':>8}{'p95 ms':>8}{'x bare':>8}{'queries':>9}{'bytes':>9}"


def table(title: str, measured: dict[str, Any]) -> str:
    """One database at one size."""
    lines = [title, HEAD]
    for name, row in measured["pages"].items():
        line = f"{name:28}{row['p50']:8.1f}{row['p95']:8.1f}{row['ratio']:8.1f}{row['queries']:9d}{row['bytes']:9,d}"
        lines.append(line)
    lines += [
        f"first load of My day {measured['first_load_of_my_day_bytes']:,} bytes, "
        f"repeated {measured['repeat_load_of_my_day_bytes']:,} bytes",
        f"8 browsers at once: {measured['pages_per_second_with_8_browsers']} pages a second",
        f"load of the machine before and after: {measured['machine_load']}",
        "",
    ]
    return "\n".join(lines)


def growth(small: dict[str, Any], big: dict[str, Any], few: int, many: int) -> str:
    """What each page costs at the big size, as a multiple of the small one."""
    lines = [f"cost at {many:,} clients as a multiple of that at {few:,} (p50)"]
    for name, row in small["pages"].items():
        lines.append(f"{name:28}{big['pages'][name]['p50'] / row['p50']:8.2f}")
    return "\n".join([*lines, ""])
