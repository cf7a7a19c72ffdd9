"""Short answers in te reo Māori, with macrons and without, whatever language we think the home reads."""

import pytest

from porchlight.languages.understood import Kind, understand

SAYS = {
    Kind.HELLO: "Kia ora | KIA ORA! | Tēnā koe | tena koutou | Kia ora whaea | ata mārie",
    Kind.STOP: "whakamutua | kāti ngā karere | Kaua e tuku karere mai | kaua e tuhi mai anō",
    Kind.START: "tīmata anō | timata ano | tukuna mai anō ngā karere",
    Kind.YES: "Āe | ae | AE! | aae | āe rā | Kia ora, āe | āe ka pai | kei te whakaae ahau",
    Kind.NO: "Kāo | kao | kaao | kāore | kahore | Kāo, aroha mai | kāore ahau e tae atu",
    Kind.OK: "ka pai | Ka pai, ngā mihi | kei te pai | ngā mihi nui | kua panui au | Kia ora, ka pai",
    Kind.CALL: "waea | WAEA | waea mai | Waea mai koa | kei te hiahia au ki te kōrero ki te kaiako",
    Kind.NOT_ME: "nama hē | NAMA HE | he nama hē | ehara i ahau | kāore aku tamariki i tēnei kura",
    Kind.FEWER: "karere iti iho | Kia iti iho ngā karere",
    Kind.ALL_MESSAGES: "KARERE KATOA | ngā karere katoa",
    Kind.NEW_NUMBER: "nama hou | kua huri taku nama waea",
}
FOR_PEOPLE = "kāore au e mōhio | āe engari | kei hea te kura | whaea | kāore he kura āpōpō | kua mutu te kura"


@pytest.mark.parametrize(
    ("text", "kind"), [(row, kind) for kind, rows in SAYS.items() for row in rows.split(" | ")]
)
def test_understands_what_people_type_in_maori(text: str, kind: Kind) -> None:
    for reads in ("mi", "en", ()):
        seen = understand(text, reads)
        assert seen is not None
        assert seen.kind is kind


@pytest.mark.parametrize("text", FOR_PEOPLE.split(" | "))
def test_everything_else_in_maori_is_for_a_person(text: str) -> None:
    assert understand(text, "mi") is None


@pytest.mark.parametrize(
    ("text", "reads", "expected"),
    [
        ("rima", "mi", Kind.NUMBER),
        ("rima", "en", None),
        ("mōrena", "mi", Kind.HELLO),
        ("morena", "es", None),
        ("kāti", "mi", Kind.STOP),
        ("kati", "en", None),
        ("pai", "mi", Kind.OK),
        ("pai", "pt", None),
    ],
)
def test_words_of_two_meanings_count_for_those_who_read_maori(
    text: str, reads: str, expected: Kind | None
) -> None:
    seen = understand(text, reads)
    assert (seen.kind if seen else None) is expected
