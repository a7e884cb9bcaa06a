"""Runs tests again and again in a process that has loaded them and all that they import.

Most of the time of a short run goes into loading. This process loads once; each run is a child of it, in which the
functions of one changed source are replaced. What stands outside of functions can't be changed like that.

It is asked on standard input, a line of JSON each time (`Asked`), and answers each with a line of JSON: whether all
tests passed, and how many seconds of the processor they took.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence, Set
from contextlib import suppress
from pathlib import Path
from types import CodeType, FunctionType
from typing import IO, Any, TypedDict, TypeGuard

import pytest

HERE = Path.cwd()
CONDITIONS = ("skip", "skipif", "xfail", "usefixtures")
LONGEST = 20
"""How many times longer than on a processor of its own a run may take: others may use the machine."""


class Asked(TypedDict):
    tests: list[str]
    """Files, or single tests."""
    seconds: float
    """Of the processor; a run that takes more has lost its way."""
    changed: str
    """The source whose functions are to be replaced by those that stand in it now, or nothing."""
    calls: str
    """A file to write into which functions each test called, or nothing."""


class Calls:
    """Notes for each test the functions of `manual` that it called: file and first line."""

    def __init__(self) -> None:
        self.by_test = defaultdict[str, set[tuple[str, int]]](set)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        codes, own = dict[int, CodeType](), str(HERE / "manual")

        def note(frame: Any, event: str, _: object) -> None:
            if event == "call":
                codes[id(frame.f_code)] = frame.f_code

        sys.setprofile(note)
        try:
            return (yield)
        finally:
            sys.setprofile(None)
            self.by_test[item.nodeid] |= {
                (os.path.relpath(code.co_filename, HERE), code.co_firstlineno)
                for code in codes.values()
                if code.co_filename.startswith(own)
            }


class Loaded:
    """Answers in the place where pytest would run what it has loaded."""

    def __init__(self, asked: IO[str], told: IO[str]) -> None:
        self._asked, self._told = asked, told

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        functions = _functions()
        gc.freeze()
        while line := self._asked.readline():
            print(json.dumps(_run(session, functions, json.loads(line))), file=self._told, flush=True)
        return True


Functions = dict[tuple[str, str], list[FunctionType]]
"""By file and name."""


def _functions() -> Functions:
    found: Functions = defaultdict(list)
    for each in gc.get_objects():
        if isinstance(each, FunctionType):
            found[each.__code__.co_filename, each.__code__.co_qualname].append(each)
    return found


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)


def _replace(functions: Functions, path: str) -> None:
    file = str(HERE / path)
    for code in _codes(compile(Path(file).read_bytes(), file, "exec", dont_inherit=True)):
        for function in functions.get((file, code.co_qualname), ()):
            function.__code__ = code


def _run(session: pytest.Session, functions: Functions, asked: Asked) -> tuple[bool, float]:
    pid = os.fork()
    if not pid:
        try:
            os.setsid()
            signal.setitimer(signal.ITIMER_PROF, asked["seconds"])
            signal.setitimer(signal.ITIMER_REAL, LONGEST * asked["seconds"])
            os._exit(0 if _pass(session, functions, asked) else 1)
        finally:
            os._exit(2)
    _, status, used = os.wait4(pid, 0)
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)  # what it may have started
    return status == 0, used.ru_utime + used.ru_stime


def _pass(session: pytest.Session, functions: Functions, asked: Asked) -> bool:
    if asked["changed"]:
        _replace(functions, asked["changed"])
    calls = Calls()
    if asked["calls"]:
        session.config.pluginmanager.register(calls)
    wanted = {test: place for place, test in enumerate(asked["tests"])}
    items = [item for item in session.items if _is_among(item.nodeid, wanted.keys())]
    items.sort(key=lambda item: wanted.get(item.nodeid, 0))
    plain = [] if asked["calls"] else [item for item in items if _is_plain(item)]
    if not all(_calls_well(item) for item in plain):
        return False
    others = [item for item in items if item not in plain]
    for item, following in zip(others, [*others[1:], None], strict=False):
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return False
    if asked["calls"]:
        told = {name: sorted(found) for name, found in calls.by_test.items()}
        Path(asked["calls"]).write_text(json.dumps(told), "utf-8")
    return bool(items)


def _is_plain(item: pytest.Item) -> TypeGuard[pytest.Function]:
    """Whether a test is its function and its parameters alone, without fixtures: then pytest need not run it."""
    if not isinstance(item, pytest.Function) or any(item.get_closest_marker(mark) for mark in CONDITIONS):
        return False
    given = {name for mark in item.iter_markers("parametrize") for name in _names(mark.args[0])}
    return given.issuperset(item.fixturenames)


def _names(argument: str | Sequence[str]) -> list[str]:
    return [name.strip() for name in argument.split(",")] if isinstance(argument, str) else list(argument)


def _calls_well(item: pytest.Function) -> bool:
    try:
        item.obj(**(item.callspec.params if hasattr(item, "callspec") else {}))
    except pytest.skip.Exception:
        return True
    except (Exception, pytest.fail.Exception):
        return False
    return True


def _is_among(name: str, tests: Set[str]) -> bool:
    """Whether a test is named, alone, by its function, or by its file or a folder of it."""
    file = name.partition("::")[0]
    return bool({name, name.partition("[")[0], file, *map(str, Path(file).parents)} & tests)


def main() -> None:
    asked, told = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    options = ["-q", "-s", "-n", "0", "-p", "no:cacheprovider", "--basetemp", str(HERE.parent / "tmp")]
    pytest.main([*options, *sys.argv[1:]], plugins=[Loaded(asked, told)])


if __name__ == "__main__":
    main()
