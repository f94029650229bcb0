"""Sentences that colleagues might write. No note names anybody but the client it is about."""

from random import Random

from openmission.practice.rules.diary import Entry

MET = {
    "cti": (
        "Went through the week together. {name} set the order of what comes first.",
        "Filled in the benefits form. {name} signed, and we sent it from here.",
        "{name} called the clinic with me beside and has an appointment on the list.",
        "Looked at the calendar for the month. {name} wants mornings free for the walk.",
    ),
    "drt": (
        "Read the session aloud together. {name} chose the second exercise and liked the ruler.",
        "{name} wrote down three early signs and who to call. We practised the call.",
        "Talked about how mood and use follow each other. {name} drew it as a circle.",
        "Homework was done. {name} wants to keep the sheet on the fridge.",
    ),
    "peer": (
        "Walked by the lake. I told a bit of my own road, {name} told of the garden as a child.",
        "Coffee and a slow talk. {name} laughed about the bus story.",
        "Went to the Tuesday circle together. {name} stayed until the end.",
        "{name} showed me the new room. We hung the picture.",
    ),
    "housing": (
        "Saw the room on the second floor. {name} likes the light and the quiet.",
        "Checked the lease line by line. {name} asks for the heating in writing.",
        "{name} has the keys. We carried the boxes up and made tea.",
        "The sink leaks. We wrote to the landlord together.",
    ),
    "vocational": (
        "Looked at two classes at the college. {name} picks the evening one.",
        "Practised the interview. {name} wants to say what the garden job taught.",
        "{name} had a good first shift at the greenhouse.",
    ),
    "trauma": (
        "We went at {name}'s pace and stopped when asked. Grounding with the smooth stone helped.",
        "{name} asked about the quiet group on Thursdays. We read about it together.",
    ),
}
MET[""] = (
    "Went to the clinic's front desk together; the first appointment is on the list.",
    "Looked at three places on the list. {name} wants to call the second one.",
    "{name} has met the new doctor and will go again.",
)
SHORT = (
    "{name} wrote that the night was good.",
    "Sent a word for the day. {name} answered with a sun.",
    "{name} asked about the bus times; sent them.",
    "Short call. {name} is well and has eaten.",
)
CALLED = (
    "Talked for a while. {name} had a good week and a long night in it; we found words for both.",
    "{name} asked what the letter means. We read it line by line over the phone.",
    "{name} is looking forward to Saturday. We counted what is left of the month's money.",
    "Went through the list: two things are done, one waits. {name} wants to start with the clinic.",
    "{name} was tired and glad of the call. We kept it short.",
)
AND_THEN = (
    "",
    "",
    "",
    " Next: the bus card.",
    " {name} will bring the letter next time.",
    " I will ask at the clinic and tell {name}.",
    " We agreed on a word for days when talking is hard.",
    " {name} asked for a later hour next week.",
    " Told the partner about it, as agreed with {name}.",
    " {name} said that this is going well and slowly.",
    " A good day.",
)
OTHERS = {
    "landlord": "The landlord says that the repair is on Thursday's list.",
    "provider": "The clinic confirms the appointment and the ride. {name} had agreed to the call.",
    "family": "A sister called to ask how to help. {name} had agreed. We spoke about Sunday meals.",
    "court": "The clerk confirmed the day and the room. Nothing else was shared.",
}
NOT_MET = {
    "no_show": (
        "Waited twenty minutes and left a card with a kind word. Will try again.",
        "{name} did not come today. Sent a note that the door is open.",
    ),
    "cancelled": ("{name} called: the bus does not run. We look for another day.", "{name} has a cold and rests."),
    "tried": (
        "No answer. Left no message, as agreed.",
        "Nobody at the door. Asked nothing of the neighbours; left a card without a name.",
    ),
}
SLIP = (
    "{name} told me of a slip on the weekend, and that it was hard to say. I thanked {name} for the trust. "
    "We meet again this week and the case manager calls tomorrow."
)
REFERRED = (
    "Sleeps in the car since summer and would like a place to stay.",
    "Left the hospital last week and asked for somebody to walk along.",
    "Stays with friends from night to night and wants to start over.",
    "Known at the kitchen. Asked twice about the program.",
)
EVIDENCE = {
    "housing": "Stays at the shelter; the letter is in the folder.",
    "mental_health": "The clinic's summary names it.",
    "substance_use": "Told us in the first talk.",
    "willing": "Has heard what we do and wants to join.",
    "community": "Wants a place of their own, with somebody to call.",
    "adult": "Told us the year of birth.",
}
REVIEWED = (
    "{name} looked back: the room is kept, two people can be called at night, and mornings are easier.",
    "We drew the line of these weeks together. {name} is proud of the shifts and wants fewer visits.",
)
FAREWELL = "{name} has a home, a doctor and three people to call. The door stays open."
HANDOVER = (
    "{name} likes a text before a visit. The key to the garden gate is with the caretaker.",
    "Mornings are best. {name} would like to hear about the class.",
)


def note(entry: Entry, name: str, rng: Random) -> str:
    """The note of one contact."""
    if entry.slip:
        text = SLIP
    elif entry.with_whom != "client":
        text = OTHERS[entry.with_whom]
    elif entry.outcome != "met":
        text = rng.choice(NOT_MET[entry.outcome])
    elif entry.mode == "text":
        text = rng.choice(SHORT)
    else:
        choices = MET[entry.component] if entry.mode == "in_person" or entry.component == "drt" else CALLED
        text = rng.choice(choices) + rng.choice(AND_THEN)
    return text.format(name=name)
