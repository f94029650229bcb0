"""The real demo export: exactly the faults it is known to have, and the people counted a second, independent way."""

import csv
import io
import zipfile
from collections import Counter

import pytest

from openmission.exchange.hmis_fy2026.check import Report, check_export
from openmission.exchange.hmis_fy2026.housing import Entry
from openmission.exchange.hmis_fy2026.package import open_package
from openmission.exchange.hmis_fy2026.people import READ, Person, find_people
from openmission.exchange.hmis_fy2026.reader import open_table
from tests.exchange.invented_export import DEMO, WITHOUT_DEMO, families, standard

pytestmark = pytest.mark.skipif(not DEMO.exists(), reason=WITHOUT_DEMO)
PEOPLE = 352


@pytest.fixture(scope="module")
def demo() -> tuple[Report, list[Person]]:
    with open_package(DEMO, standard()) as package:
        report = check_export(package, standard())
        entries = []
        for file in READ:
            with open_table(package, standard()[file]) as table:
                key = table.columns.index(standard()[file].key)
                entries += [
                    Entry(file, v[key], row, dict(zip(table.columns, v, strict=True))) for row, v in table.lines
                ]
    assert report.header
    return report, find_people(entries, families(), on=report.header.reference)


def test_its_rows(demo: tuple[Report, list[Person]]) -> None:
    known = {
        "Client": 4146, "Enrollment": 4771, "Exit": 4295, "Disabilities": 24672, "EmploymentEducation": 9623,
        "HealthAndDV": 9623, "IncomeBenefits": 9623, "Services": 4472, "CurrentLivingSituation": 336, "Project": 27,
    }  # fmt: skip
    assert {file: demo[0].rows[file] for file in known} == known
    assert len(demo[0].rows) == 24


def test_its_faults_are_none_and_its_coded_warnings_the_known_ones(demo: tuple[Report, list[Person]]) -> None:
    report = demo[0]
    assert report.faults == report.follows == []
    coded = {(w.file, w.column, w.value): w.count for w in report.warnings if w.kind in ("code", "blank")}
    assert coded == {
        ("CurrentLivingSituation", "CurrentLivingSituation", "999"): 1,
        ("Funder", "Funder", "47"): 4,
        ("Funder", "Funder", "48"): 1,
        ("Client", "Sex", ""): 1,
        # beyond the columns of the published list: a RaceNone of 0, and bed nights provided as type 2 instead of 200
        ("Client", "RaceNone", "0"): 1,
        ("Services", "TypeProvided", "2"): 18,
    }


def test_its_mixed_bookkeeping_dates(demo: tuple[Report, list[Person]]) -> None:
    odd = {(w.file, w.column): w.count for w in demo[0].warnings if w.kind == "odd_date"}
    assert odd["Client", "DateUpdated"] == 4146
    assert odd["Enrollment", "DateUpdated"] == 4767
    assert {column for _, column in odd} == {"DateCreated", "DateUpdated"}


def test_its_people_counted_another_way(demo: tuple[Report, list[Person]]) -> None:
    with zipfile.ZipFile(DEMO) as archive, archive.open("Disabilities.csv") as stream:
        rows = sorted(csv.DictReader(io.TextIOWrapper(stream)), key=lambda row: row["InformationDate"])
    latest = {
        (row["DisabilityType"], row["PersonalID"]): row["DisabilityResponse"]
        for row in rows
        if row["DisabilityResponse"] not in ("", "8", "9", "99")
    }
    both = {
        p for (kind, p), answer in latest.items() if kind == "9" and answer == "1" and latest.get(("10", p), "0") > "0"
    }
    assert {person.entry.key for person in demo[1]} == both
    assert len(demo[1]) == PEOPLE


def test_their_housing(demo: tuple[Report, list[Person]]) -> None:
    words = Counter(person.housing.word for person in demo[1])
    assert words == {"homeless": 124, "at_risk": 76, "recently_exited": 22, "housed": 129, "unknown": 1}
    assert [person.entry.key for person in demo[1] if person.housing.died] == ["678776"]
