"""What this machine has for a model to run on, and which model that suggests."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from server.engines.cores import usable_cores

_GB = 1_000_000_000


@dataclass(frozen=True)
class Machine:
    """What counts for a speech model."""

    cores: int
    """That this process may use."""
    memory: int
    """Bytes of main memory; 0 where the system does not say."""
    gpus: int
    """CUDA devices that CTranslate2 sees."""


def this_machine() -> Machine:
    """Look. A GPU that the system has and CTranslate2 cannot use is none."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        memory = 0
    return Machine(usable_cores(), memory, _gpus())


def suggested_hearing(machine: Machine) -> str:
    """A rule of thumb for English in a live conversation, from the models' sizes; not measured on this machine."""
    if machine.gpus:
        return "turbo"
    if machine.cores >= 8 and machine.memory >= 8 * _GB:
        return "small.en"
    return "base.en" if machine.cores >= 2 and machine.memory >= 2 * _GB else "tiny.en"


def free_bytes(folder: Path) -> int:
    """Room on the disk that `folder` is on, or will be on."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return shutil.disk_usage(there).free


def _gpus() -> int:
    try:
        import ctranslate2
    except ImportError:
        return 0
    try:
        return int(ctranslate2.get_cuda_device_count())
    except RuntimeError:
        return 0
