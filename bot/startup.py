"""A quick start: half of the time until the pages are ready goes into work that no running desk needs.

At every import Gradio draws up a `.pyi` file for each of its components from the component's source and writes it beside
the source: half of what importing takes, and a write into the installed packages. Chroma has each of its methods
compared with the one that it overrides. And the garbage collector looks again and again through half a million objects
of modules, none of which is garbage.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import FunctionType, ModuleType
from typing import Any

from threadpoolctl import threadpool_limits

#: By how much an ingest's priority is lower: it then gets a tenth of a core that an answer wants too.
NICE = 10


def _unwritten(*_: Any) -> None:
    """In place of writing a stub."""


def _marked(method: FunctionType, *_: Any) -> FunctionType:
    """In place of comparing a method with the one that it overrides."""
    method.__override__ = True  # type: ignore[attr-defined]
    return method


#: Module -> its function that is left out, and what stands in its place.
SPARED: Mapping[str, tuple[str, Callable[..., Any]]] = {
    "gradio.component_meta": ("create_or_modify_pyi", _unwritten),
    "overrides.overrides": ("_overrides", _marked),
}


class _Loader(SourceFileLoader):
    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        name, instead = SPARED[module.__name__]
        if hasattr(module, name):  # another version that does it otherwise is left alone
            setattr(module, name, instead)


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target) if fullname in SPARED else None
        if spec and spec.origin and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(fullname, spec.origin)
        return spec


def spare() -> None:
    """From now on Gradio, when it is imported, writes no stubs, and Chroma compares no methods."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def give_way() -> None:
    """From now on this process, and what it starts, leaves the processor to whoever asks the desk meanwhile."""
    os.nice(NICE)


def one_core_each() -> None:
    """From now on one multiplication of matrices uses one core.

    Those of a question are small: with two threads for each, beside other questions, the threads wait for each other
    and an answer takes twice the processor time (270 ms against 170, 30 chats at once on two cores).
    """
    threadpool_limits(1, user_api="blas")


@contextmanager
def quick_start() -> Iterator[None]:
    """What is made inside stays until the process ends: it is not searched for garbage, now or later."""
    spare()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()
