"""Rendering a new model alone leaves the very models that Django's own way leaves."""

from collections.abc import Sequence
from contextlib import nullcontext

from django.db import models
from django.db.migrations import AddConstraint, AddField, AddIndex, AlterField, CreateModel, Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from porchlight.schools.migrating import new_models_alone


def key() -> models.BigAutoField:
    return models.BigAutoField(primary_key=True)


def to(model: str, name: str) -> models.ForeignKey:
    return models.ForeignKey(model, models.CASCADE, related_name=name)


STEPS: list[Operation] = [
    CreateModel("House", [("id", key()), ("name", models.TextField())]),
    CreateModel("Room", [("id", key()), ("house", to("street.House", "rooms"))]),
    CreateModel("Key", [("id", key()), ("opens", models.ManyToManyField("street.Room", related_name="keys"))]),
    AddField("House", "front", models.OneToOneField("street.Room", models.CASCADE, null=True)),
    CreateModel("Guest", [("id", key()), ("sleeps", to("street.Room", "guests"))]),
    AlterField("House", "name", models.CharField(max_length=9)),
    CreateModel("Annexe", [("house_ptr", models.OneToOneField(
        "street.House", models.CASCADE, parent_link=True, primary_key=True,
    ))], bases=("street.House",)),
    AddField("Room", "kept_by", models.ForeignKey("street.Guest", models.SET_NULL, null=True, related_name="keeps")),
    AddField("Room", "above", models.ForeignKey("self", models.SET_NULL, null=True, related_name="below")),
    AddField("Guest", "name", models.TextField(default="")),
    AddIndex("Guest", models.Index(fields=["name"], name="guest_by_name")),
    AddConstraint("Room", models.UniqueConstraint(fields=["house", "kept_by"], name="kept_once")),
    AlterField("Guest", "name", models.CharField(max_length=9)),
    CreateModel("Door", [("id", key()), ("of", to("street.Annexe", "doors")), ("other", to("self", "others"))]),
]  # fmt: skip


def street(steps: Sequence[Operation] = STEPS) -> ProjectState:
    """The state after the steps; its models are rendered from the first on, as while migrations run."""
    state = ProjectState()
    assert state.apps is not None
    migration = Migration("0001_initial", "street")
    migration.operations = list(steps)
    return migration.mutate_state(state, preserve=False)


def seen(state: ProjectState) -> dict[str, list[str]]:
    """Each model's own fields, and those that others point at it with; every one of the class that is there now."""
    found = {}
    for model in state.apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.is_relation:
                there = state.apps.get_model(field.related_model._meta.label)
                assert field.related_model is there, f"{model.__name__}.{field.name} points at a model of old"
        found[model.__name__] = sorted(str(field) for field in model._meta.get_fields(include_hidden=True))
    return found


def test_new_models_alone_make_the_same_models() -> None:
    states = []
    for way in (nullcontext(), new_models_alone()):
        with way:
            states.append(street())
    usual, quick = states
    assert seen(quick) == seen(usual)
    assert set(seen(usual)) == {"House", "Room", "Key", "Key_opens", "Guest", "Annexe", "Door"}
    assert quick == usual


def test_no_model_that_stays_is_rendered_again() -> None:
    state = ProjectState()
    assert state.apps is not None
    with new_models_alone():
        for step in STEPS[:2]:
            before = dict(state.apps.all_models["street"])
            step.state_forwards("street", state)
    assert state.apps.get_model("street", "House") is before["house"]
    assert [one.name for one in before["house"]._meta.related_objects] == ["rooms"]


def test_django_has_its_own_way_back_afterwards() -> None:
    usual = dict(vars(ProjectState))
    with new_models_alone():
        assert ProjectState.add_model is not usual["add_model"]
    assert dict(vars(ProjectState)) == usual


def test_a_new_server_makes_the_tables_of_a_room_in_one_step() -> None:
    """A server that has some of the older steps goes on with them; one that has none takes this one for all of them."""
    loader = MigrationLoader(None)
    for room, one in {key[0]: one for key, one in loader.disk_migrations.items() if one.replaces}.items():
        last = one.name.split("_squashed_")[1]
        older = sorted(name for label, name in loader.disk_migrations if label == room and name != one.name)
        assert [name for _room, name in one.replaces] == [name for name in older if name <= last]
        assert (room, one.name) in loader.graph.nodes, f"a new server would make {room} in {len(older)} steps"


def test_a_new_column_an_index_and_a_constraint_render_their_own_model_alone() -> None:
    with new_models_alone():
        state = street(STEPS[:-1])
        for step in (
            AddField("Guest", "age", models.IntegerField(default=0)),
            AddField("Guest", "locks", models.ForeignKey("street.Key", models.CASCADE, related_name="+")),
            AddIndex("Guest", models.Index(fields=["age"], name="guest_by_age")),
        ):
            before = dict(state.apps.all_models["street"])
            step.state_forwards("street", state)
            now = state.apps.all_models["street"]
            assert [name for name in now if now[name] is not before[name]] == ["guest"]
        assert state.is_delayed
