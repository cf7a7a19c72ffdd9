"""The command reference, from the parsers of the management commands and of those that do without Django."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand, DjangoHelpFormatter
from tables import table

from porchlight.meetings.planner import command

EVERYONES = set(DjangoHelpFormatter.show_last) | {"-h", "--help"}


def page() -> str:
    """Markdown."""
    ours = {name: str(app) for name, app in get_commands().items() if str(app).startswith("porchlight.")}
    found = {name: _section(name, load_command_class(app, name)) for name, app in ours.items()}
    found[command.NAME] = (
        f"## `porchlight {command.NAME}`\n\n{command.HELP}\n\n{_arguments(command.parser())}"
    )
    sections = [found[name] for name in sorted(found)]
    return f"""# Commands

All of them are `porchlight <command>` (in a checkout: `.venv/bin/porchlight`), Django's management commands
behind one name. `porchlight help <command>` says the same at the keyboard. Django's own commands are there too.

{"".join(sections)}
"""


def _section(name: str, managed: BaseCommand) -> str:
    parser = managed.create_parser("porchlight", name)
    text = f"## `porchlight {name}`\n\n{managed.help or ''}\n\n"
    branches = list(_branches(parser))
    if not branches:
        return text + _arguments(parser)
    return text + "".join(
        f"### `porchlight {name} {each}`\n\n{said}\n\n{_arguments(sub)}" for each, said, sub in branches
    )


def _branches(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            said = {choice.dest: choice.help or "" for choice in action._choices_actions}
            yield from ((name, said.get(name, ""), sub) for name, sub in action.choices.items())


def _arguments(parser: argparse.ArgumentParser) -> str:
    rows = [
        (_spelling(action), _help(action))
        for action in parser._actions
        if not EVERYONES & set(action.option_strings)
        and not isinstance(action, argparse._SubParsersAction)
        and action.help != argparse.SUPPRESS
    ]
    return table(("argument", "what it does"), rows) + "\n" if rows else ""


def _spelling(action: argparse.Action) -> str:
    if not action.option_strings:
        return f"`{action.metavar or action.dest}`"
    value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
    return f"`{action.option_strings[-1]}{value}`"


def _help(action: argparse.Action) -> str:
    said = action.help or ""
    if action.choices:
        said += f" One of: {', '.join(map(str, action.choices))}."
    if (
        action.nargs != 0
        and action.default not in (None, False, argparse.SUPPRESS, "", [])
        and "efault" not in said
    ):
        said += f" Default: {action.default}."
    return (said % {"default": action.default, "prog": "porchlight"}) if "%" in said else said
