"""When to meet again, where nobody said a time."""

from datetime import time

FIRST, LAST = time(8), time(18)
OTHERWISE = time(10)


def proposed_time(this: time) -> time:
    """The time of day of this contact, to the nearest quarter of an hour, if that lies from 8:00 to 18:00; else 10:00:
    who was met at night is not planned for the night. Our own default, of no clinical source; a time that is written
    down goes before it. `contact.js` says the same while the form is filled in.
    """
    minutes = round((this.hour * 60 + this.minute) / 15) * 15
    if minutes == 24 * 60:
        return OTHERWISE
    near = time(minutes // 60, minutes % 60)
    return near if FIRST <= near <= LAST else OTHERWISE
