"""Lets `python -m kg` stand for the command `kg`."""

from kg.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    main()
