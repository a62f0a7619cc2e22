"""The network of the published size with weights by the formula of fixtures/full/full.json, and the inputs and answers stored there."""

import json
import pathlib

import numpy as np

LEADS = 12


class Fixtures:
    """The stored numbers; `folder` is inference/src/test/resources/fixtures."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        models = json.loads((self.folder / "full/full.json").read_text())["models"]
        self.model = next(m for m in models if m["in_channels"] == LEADS)

    def inputs(self):
        """Returns [input][lead][sample], float32."""
        names = [name.replace("../", "") for name in self.model["inputs"]]
        return np.stack([np.load(self.folder / name).astype(np.float32) for name in names])

    def logits(self):
        """Returns the reference's float64 answers, [input][label]."""
        return np.load(self.folder / "full" / self.model["expected"]["logits64"])

    def weights(self):
        """Returns the used weights by key."""
        entries = json.loads((self.folder / f"full/state-dict-{LEADS}-lead.json").read_text())
        return {e["key"]: _values(e["key"], e["shape"]) for e in entries if e["used"]}

    def blocks(self):
        """Returns (name of the block, true if it halves the length, true if it is the very first) in order."""
        return [
            (f"stage_list.{s}.block_list.{b}.", b == 0, s == 0 and b == 0)
            for s, count in enumerate(self.model["m_blocks_list"])
            for b in range(count)
        ]


def _values(key, shape):
    count = int(np.prod(shape))
    hashed = 0xCBF29CE484222325
    for byte in key.encode():
        hashed = (hashed ^ byte) * 0x100000001B3 % 2**64
    with np.errstate(over="ignore"):
        z = np.uint64(hashed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    unit = ((z >> np.uint64(40)).astype(np.int64) - 8388608) / 8388608.0
    scale = 0.05 if len(shape) == 1 else _gain(key) * np.sqrt(3.0 * shape[0] / count)
    return (unit * scale).astype(np.float32).reshape(shape)


def _gain(key):
    if key.startswith("dense"):
        return 0.75
    if ".se_fc" in key:
        return 3.0
    return 1.5 if key.startswith("first_conv") else 1.2


def write_safetensors(path, tensors):
    """Writes float32 arrays: length of the header, header as JSON, then the values."""
    header, offset = {}, 0
    for key, value in tensors.items():
        header[key] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [offset, offset + value.nbytes]}
        offset += value.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for value in tensors.values():
            file.write(np.ascontiguousarray(value, dtype="<f4").tobytes())
