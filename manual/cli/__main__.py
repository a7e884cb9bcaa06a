"""`python -m manual.cli` is the `inforce` command."""

from manual.cli import main

if __name__ == "__main__":
    main()
