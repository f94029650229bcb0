"""Answers on a sheet as plain data, how a form becomes them, and what hangs together between sheets.

Answers are {field: answer}; what is empty is left out. By the kind of the field an answer is

text                      words
scale                     a whole number
choice                    the slug of an option; linked with `pick`: the id of an item
list                      [{id, text}]
timeline                  [{id, lane, when, what}]
table, rows of one's own  [{id, column: value}]
table, fixed rows         {row: {column: value}}
rulers, linked            {id of the item: {column: value}}
schedule                  {"1" to "7": {part: words}}
checklist                 {ticked: [slug], own: [{id, text}]}

The id of a row never changes, so what another sheet says about a problem stays with it when its words change. When the
problem is taken off, that stays too, under the words that the versions of its sheet had for it; put back, it has them
again.
"""

from openmission.workbook.rules.changes import Change, Difference, differences, scale_changes
from openmission.workbook.rules.items import (
    Past,
    added_since,
    asked_about,
    gone,
    items,
    linked_items,
    once_named,
    sources,
    taken_off,
)
from openmission.workbook.rules.layout import Answers, columns, given_rows, has_own_rows, is_single, single
from openmission.workbook.rules.reading import LONGEST, Fault, faults, read_answers, strangers

__all__ = [
    "LONGEST",
    "Answers",
    "Change",
    "Difference",
    "Fault",
    "Past",
    "added_since",
    "asked_about",
    "columns",
    "differences",
    "faults",
    "given_rows",
    "gone",
    "has_own_rows",
    "is_single",
    "items",
    "linked_items",
    "once_named",
    "read_answers",
    "scale_changes",
    "single",
    "sources",
    "strangers",
    "taken_off",
]
