"""Says at the end of a run what was tried."""

from __future__ import annotations

import pytest

from soak import done


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for what, number in sorted(done.items()):
        terminalreporter.write_line(f"{number:,} {what}")
