"""One Python engine in a process of its own: reads lines "batch threads seconds", answers each with one line of JSON.

usage: engines.py NAME FIXTURES WORK
"""

import json
import pathlib
import sys
import time

import numpy as np

import formula


def network(fixtures):
    """The network as a PyTorch module, eager: padding, convolution and activation each as PyTorch has them."""
    import torch
    from torch.nn import functional as f

    def same(x, weight, bias, stride=1):
        kernel, length = weight.shape[2], x.shape[2]
        missing = max(0, ((length + stride - 1) // stride - 1) * stride + kernel - length)
        if missing > 0:
            x = f.pad(x, (missing // 2, missing - missing // 2))
        return f.conv1d(x, weight, bias, stride=stride, groups=x.shape[1] // weight.shape[1])

    class Network(torch.nn.Module):
        def __init__(self):
            super().__init__()
            for key, value in fixtures.weights().items():
                self.register_buffer(key.replace(".", "_"), torch.from_numpy(value))

        def conv(self, x, name, stride=1):
            name = name.replace(".", "_")
            return same(x, getattr(self, name + "_conv_weight"), getattr(self, name + "_conv_bias"), stride)

        def linear(self, x, name):
            name = name.replace(".", "_")
            return f.linear(x, getattr(self, name + "_weight"), getattr(self, name + "_bias"))

        def block(self, x, name, halves, first):
            out = self.conv(x if first else f.silu(x), name + "conv1")
            out = self.conv(f.silu(out), name + "conv2", 2 if halves else 1)
            out = self.conv(f.silu(out), name + "conv3")
            gate = self.linear(f.silu(self.linear(out.mean(-1), name + "se_fc1")), name + "se_fc2")
            out = out * torch.sigmoid(gate).unsqueeze(-1)
            if halves:
                x = f.max_pool1d(f.pad(x, (0, x.shape[2] % 2)), 2)
            added = out.shape[1] - x.shape[1]
            if added > 0:
                x = f.pad(x, (0, 0, added // 2, added - added // 2))
            return out + x

        def forward(self, x):
            x = f.silu(self.conv(x, "first_conv", 2))
            for name, halves, first in fixtures.blocks():
                x = self.block(x, name, halves, first)
            return self.linear(x.mean(-1), "dense")

    return Network().eval()


class Torch:
    def __init__(self, fixtures, _):
        import torch

        self.torch = torch
        self.version = "PyTorch " + torch.__version__
        self.network = network(fixtures)

    def prepared(self, batch, threads):
        self.torch.set_num_threads(threads)
        x = self.torch.from_numpy(batch)

        def run():
            with self.torch.inference_mode():
                return self.network(x).numpy()

        return run


def onnx_file(fixtures, work):
    """The same module as an ONNX graph with a batch of any size."""
    file = pathlib.Path(work) / "network.onnx"
    if not file.exists():
        import torch

        torch.onnx.export(
            network(fixtures), (torch.zeros(2, formula.LEADS, 5000),), str(file), input_names=["x"], output_names=["y"],
            dynamic_shapes=({0: torch.export.Dim("batch", min=1, max=4096)},), dynamo=True, external_data=False,
        )
    return str(file)


class OnnxRuntime:
    def __init__(self, fixtures, work):
        import onnxruntime

        self.library = onnxruntime
        self.version = "ONNX Runtime " + onnxruntime.__version__
        self.file = onnx_file(fixtures, work)
        self.sessions = {}

    def prepared(self, batch, threads):
        if threads not in self.sessions:
            options = self.library.SessionOptions()
            options.intra_op_num_threads = threads
            self.sessions[threads] = self.library.InferenceSession(self.file, options, ["CPUExecutionProvider"])
        return lambda: self.sessions[threads].run(["y"], {"x": batch})[0]


class OpenVino:
    def __init__(self, fixtures, work):
        import openvino

        self.core = openvino.Core()
        self.version = "OpenVINO " + openvino.__version__.split("-")[0]
        self.file = onnx_file(fixtures, work)
        self.compiled = {}

    def prepared(self, batch, threads):
        key = (threads, len(batch))
        if key not in self.compiled:
            model = self.core.read_model(self.file)
            model.reshape([len(batch), formula.LEADS, batch.shape[2]])
            settings = {
                "INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "f32"}
            self.compiled[key] = self.core.compile_model(model, "CPU", settings).create_infer_request()
        request = self.compiled[key]
        return lambda: request.infer([batch], share_inputs=True)[0]


ENGINES = {"torch": Torch, "onnxruntime": OnnxRuntime, "openvino": OpenVino}


def measure(run, seconds):
    """Runs for so long, at least three times after one third of warming up; returns the times in ms and the last answer."""
    start, times = time.perf_counter(), []
    while time.perf_counter() - start < seconds / 3:
        answer = run()
    start = time.perf_counter()
    while time.perf_counter() - start < seconds or len(times) < 3:
        before = time.perf_counter()
        answer = run()
        times.append(1e3 * (time.perf_counter() - before))
    return times, answer


def main():
    name, folder, work = sys.argv[1:]
    fixtures = formula.Fixtures(folder)
    inputs, logits = fixtures.inputs(), fixtures.logits()
    engine = ENGINES[name](fixtures, work)
    print(json.dumps({"version": engine.version}), flush=True)
    for line in sys.stdin:
        size, threads, seconds = line.split()
        rows = [i % len(inputs) for i in range(int(size))]
        batch = np.ascontiguousarray(inputs[rows])
        times, answer = measure(engine.prepared(batch, int(threads)), float(seconds))
        difference = np.abs(answer - logits[rows])
        good = bool((difference <= 5e-5 + 5e-6 * np.abs(logits[rows])).all())
        print(json.dumps({"times": times, "difference": float(difference.max()), "good": good}), flush=True)


if __name__ == "__main__":
    main()
