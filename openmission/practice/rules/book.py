"""What the invented clients write in their workbooks, in both languages: invented too."""

from typing import Any

PROBLEMS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "en": (
        ("home", "room", "I sleep on a friend's sofa and have to move on."),
        ("mind", "night", "I wake up at three and worry until morning."),
        ("family", "sister", "My sister and I do not talk since the spring."),
        ("work", "job", "I lose jobs because I miss the early bus."),
    ),
    "es": (
        ("home", "room", "Duermo en el sofá de un amigo y tengo que irme."),
        ("mind", "night", "Me despierto a las tres y me preocupo hasta la mañana."),
        ("family", "sister", "Mi hermana y yo no hablamos desde la primavera."),
        ("work", "job", "Pierdo trabajos porque no alcanzo el primer autobús."),
    ),
}
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "first": "I could not sleep after we moved.",
        "later": "Drinking made the nights shorter.",
        "pattern": "When the nights are bad, I drink more.",
        "step": "I ask the housing office for the list. My peer comes along.",
        "who": "My peer",
        "good": "I am not alone there.",
        "hard": "The money is gone by the tenth.",
    },
    "es": {
        "first": "No podía dormir después de la mudanza.",
        "later": "Con la bebida las noches eran más cortas.",
        "pattern": "Cuando las noches son malas, tomo más.",
        "step": "Pido la lista en la oficina de vivienda. Mi par viene conmigo.",
        "who": "Mi par",
        "good": "Ahí no estoy a solas.",
        "hard": "El día diez ya no queda dinero.",
    },
}


def answers(language: str, chance: Any) -> dict[str, dict[str, Any]]:
    """{sheet: what is written on it}; `readiness_rulers again` is the second filling, a little further on."""
    words = WORDS[language]
    problems = PROBLEMS[language][: chance.randint(2, 4)]
    then = {
        id: {"importance": chance.randint(5, 9), "readiness": chance.randint(1, 5)} for _area, id, _text in problems
    }
    now = {
        id: {name: min(10, number + chance.randint(0, 3)) for name, number in row.items()} for id, row in then.items()
    }
    return {
        "onset_timelines": {
            "timelines": [
                {"id": "t1", "lane": "mental_health", "when": "15", "what": words["first"]},
                {"id": "t2", "lane": "substance_use", "when": "17", "what": words["later"]},
            ],
            "pattern": words["pattern"],
        },
        "life_problem_areas": {
            "problems": [
                {"id": id, "area": area, "problem": text, "mental_health": chance.randint(0, 4)}
                for area, id, text in problems
            ]
        },
        "readiness_rulers": {"rulers": then},
        "recovery_plan": {"steps": {problems[0][1]: {"step": words["step"], "who": words["who"]}}},
        "readiness_rulers again": {"rulers": now},
        "decisional_balance": {
            "biggest": problems[0][1],
            "stay_good": [{"id": "g1", "text": words["good"]}],
            "stay_hard": [{"id": "h1", "text": words["hard"]}],
        },
    }
