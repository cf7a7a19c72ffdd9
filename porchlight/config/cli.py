"""The `porchlight` command: Django's management commands behind one name, and those that do without Django."""

import os
import sys

from porchlight.toolbox import garbage


def main() -> None:
    """Run the command named on the command line."""
    if sys.argv[1:2] == ["plan-round"]:
        from porchlight.meetings.planner import command

        sys.exit(command.main(sys.argv[2:]))
    garbage.seldom()
    _manage()


def _manage() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "porchlight.config.settings")
    from django.core.management import execute_from_command_line

    from porchlight.config import demo
    from porchlight.config.environment import BadSetting

    if sys.argv[1:2] == ["demo"]:
        demo.prepare(os.environ)
    if sys.argv[1:2] == ["serve"]:
        os.environ.setdefault("PORCHLIGHT_COLLECTED", "yes")
    sys.argv[0] = "porchlight"
    try:
        execute_from_command_line(sys.argv)
    except BadSetting as wrong:
        sys.exit(str(wrong))
