"""A quick start: half of the time until the pages are ready goes into work that no running desk needs.

At every import Gradio draws up a `.pyi` file for each of its components from the component's source and writes it beside
the source: half of what importing takes, and a write into the installed packages. And the garbage collector looks
again and again through half a million objects of modules, none of which is garbage.
"""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType

from threadpoolctl import threadpool_limits

_MODULE, _WRITER = "gradio.component_meta", "create_or_modify_pyi"


class _Loader(SourceFileLoader):
    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        setattr(module, _WRITER, lambda *_: None)


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target) if fullname == _MODULE else None
        if spec and spec.origin and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(fullname, spec.origin)
        return spec


def without_stubs() -> None:
    """From now on Gradio, when it is imported, writes no stubs; a Gradio that does it otherwise is left alone."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def one_core_each() -> None:
    """From now on one multiplication of matrices uses one core.

    Those of a question are small: with two threads for each, beside other questions, the threads wait for each other
    and an answer takes twice the processor time (270 ms against 170, 30 chats at once on two cores).
    """
    threadpool_limits(1, user_api="blas")


@contextmanager
def quick_start() -> Iterator[None]:
    """What is made inside stays until the process ends: it is not searched for garbage, now or later."""
    without_stubs()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()
