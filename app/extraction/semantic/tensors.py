"""The arrays of a file of safetensors: a header in JSON, then the numbers one after the other."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Of the kinds that the format knows, the ones that a model of this size comes in.
_KINDS = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4"}


def tensors(path: Path) -> Mapping[str, NDArray[Any]]:
    """The arrays by their names; they stay in the file until they are used."""
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(size))
    numbers = np.memmap(path, mode="r", offset=8 + size)
    return {
        name: numbers[slice(*told["data_offsets"])]
        .view(_KINDS[told["dtype"]])
        .reshape(told["shape"])
        for name, told in header.items()
        if name != "__metadata__"
    }
