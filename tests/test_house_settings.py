"""What can be set is read in one place, so that the settings reference is complete."""

import ast

from porchlight.config import environment
from tests.house import HOUSE, is_test, place, python_files, tree

READERS = {
    "porchlight/config/environment.py",  # the one place
    "porchlight/config/cli.py",  # names Django's settings module
    "porchlight/config/asgi.py",
    "porchlight/config/wsgi.py",
    "porchlight/demo/processes.py",  # hands its own surroundings on to the processes it starts
}


def test_the_environment_is_read_in_one_place() -> None:
    found = [
        place(path, node)
        for path in python_files("porchlight")
        if not is_test(path) and place(path) not in READERS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "environb"}
    ]
    assert found == []


def test_every_setting_says_what_it_is_for() -> None:
    assert environment.REGISTER
    assert [name for name, setting in environment.REGISTER.items() if not setting.help.endswith(".")] == []


def test_every_setting_that_holds_a_secret_is_marked() -> None:
    telling = [
        name for name in environment.REGISTER if name.endswith(("_KEY", "_TOKEN", "_PASSWORD", "_SECRET"))
    ]
    assert telling
    assert [name for name in telling if not environment.REGISTER[name].secret] == []


def test_settings_do_not_touch_the_environment_themselves() -> None:
    imported = {
        alias.name
        for node in ast.walk(tree(HOUSE / "config" / "settings.py"))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert "os" not in imported
