"""`python -m porchlight` is the `porchlight` command."""

from porchlight.config.cli import main

if __name__ == "__main__":
    main()
