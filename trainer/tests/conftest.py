import sys
from pathlib import Path

import pytest
import windows

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

RUN = {"steps": 14, "batch": 4, "length": 16}


@pytest.fixture
def base(tmp_path):
    return windows.random_base(tmp_path / "base")


@pytest.fixture
def manifest(tmp_path, base):
    """A window of the last 4 of 14 steps."""
    return windows.write_window(tmp_path / "out", base, first=10, **RUN)
