"""Times this project's engines and those of Python on the same network, weights, input and threads, taking turns in one run.

Started by `./mvnw -Pbenchmark ...`, see docs/benchmarks.md. Prints the machine, the versions and one table.
"""

import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys

import formula

HERE = pathlib.Path(__file__).parent
FIXTURES = HERE.parent.parent / "inference/src/test/resources/fixtures"
SERVER_OPTIONS = "-Xmx1g -XX:+UseSerialGC --add-modules=jdk.incubator.vector" + (
    " -XX:+UseTransparentHugePages" if sys.platform == "linux" else "")
PYTHON_ENGINES = {"torch": "PyTorch eager", "onnxruntime": "ONNX Runtime", "openvino": "OpenVINO"}


class PythonEngine:
    """A process that keeps its engine from turn to turn."""

    def __init__(self, name, work):
        command = [sys.executable, str(HERE / "engines.py"), name, str(FIXTURES), str(work)]
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.version = self.answer()["version"]

    def turn(self, batch, threads, seconds):
        self.process.stdin.write(f"{batch} {threads} {seconds}\n")
        self.process.stdin.flush()
        answer = self.answer()
        if not answer["good"]:
            sys.exit(f"{self.name} gives wrong logits: {answer['difference']:.1e} from the reference")
        return statistics.median(answer["times"]), answer["difference"]

    def answer(self):
        for line in self.process.stdout:  # libraries print as well
            if line.startswith("{"):
                return json.loads(line)
        sys.exit(f"engine {self.name} ended")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class JavaEngine:
    """JMH in a process of its own for each turn; it fails if the logits are wrong. Named ENGINE or ENGINE:PRECISION."""

    def __init__(self, name, work, options):
        self.name, self.work, self.options = name, work, options
        self.version = "this project, " + name

    def turn(self, batch, threads, seconds):
        result = self.work / "jmh.json"
        result.unlink(missing_ok=True)
        command = [self.options.java, "-cp", self.options.class_path, "org.openjdk.jmh.Main", "NetworkBenchmark"]
        engine, _, precision = self.name.partition(":")
        command += ["-p", f"engine={engine}", "-p", f"precision={precision or 'float32'}"]
        command += ["-p", f"batch={batch}", "-p", f"threads={threads}"]
        command += ["-p", f"folder={self.work}", "-f", "1", "-foe", "true", "-rf", "json", "-rff", str(result)]
        command += ["-wi", "2", "-w", f"{1000 * seconds:.0f}ms", "-i", "1", "-r", f"{1000 * seconds:.0f}ms"]
        command += ["-jvmArgsAppend", self.options.java_options]
        log = subprocess.run(command, capture_output=True, text=True, env={"OMP_WAIT_POLICY": "PASSIVE", **os.environ})
        if log.returncode != 0 or not result.exists():
            sys.exit(f"{log.stdout}\n{log.stderr}\nJMH failed for engine {self.name}")
        facts = [line for line in log.stdout.splitlines() if line.startswith("engine: ")]
        self.version = facts[-1].removeprefix("engine: ")
        difference = float(self.version.rsplit(" ", 1)[1])
        return json.loads(result.read_text())[0]["primaryMetric"]["scorePercentiles"]["50.0"], difference

    def close(self):
        pass


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--class-path", required=True, help="of the module tests")
    parser.add_argument("--java", default=str(pathlib.Path(os.environ.get("JAVA_HOME", "/usr")) / "bin/java"))
    parser.add_argument("--java-options", default=SERVER_OPTIONS, help="of the measured JVM; default: those of serve")
    parser.add_argument("--work", type=pathlib.Path, required=True, help="folder for weights and results; 400 MB")
    parser.add_argument("--batches", default="1,8,32")
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1.5, help="of one turn, after as much or more of warming up")
    parser.add_argument("--engines", default="auto,pytorch,openvino,onnxruntime,torch",
                        help="this project's may have a precision: vector:int8-weights")
    return parser.parse_args()


def prepare(work):
    """Writes what JMH reads: weights, inputs and the reference's answers."""
    import numpy as np

    work.mkdir(parents=True, exist_ok=True)
    fixtures = formula.Fixtures(FIXTURES)
    np.save(work / "inputs.npy", fixtures.inputs())
    np.save(work / "logits.npy", fixtures.logits())
    if not (work / "formula.safetensors").exists():
        formula.write_safetensors(work / "formula.safetensors", fixtures.weights())


def processor():
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
        facts = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
        facts = {key.strip(): value.strip() for key, value in facts.items()}
        return f"{facts['model name']}, family {facts['cpu family']} model {facts['model']}"
    except (OSError, KeyError):
        return platform.processor()


def print_tables(times, cells, names):
    print("\nms for one batch (median of the turns' medians); in brackets how often it fits into the time of the reference, "
          "PyTorch eager\n")
    print("| batch | threads | " + " | ".join(names) + " |\n| --- | --- |" + " --- |" * len(names))
    for batch, threads in cells:
        found = {name: statistics.median(times[name, batch, threads]) for name in names}
        row = [f"{found[n]:.1f}" + (f" ({found['torch'] / found[n]:.2f})" if "torch" in found else "") for n in names]
        print(f"| {batch} | {threads} | " + " | ".join(row) + " |")
    rivals = [name for name in names if name in PYTHON_ENGINES]
    mine = next((name for name in names if name not in PYTHON_ENGINES), None)
    if not rivals or mine is None:
        return
    print(f"\ntime of the other / time of engine '{mine}'; in brackets lowest and highest of the turns' ratios\n")
    print("| batch | threads | " + " | ".join(rivals) + " |\n| --- | --- |" + " --- |" * len(rivals))
    for batch, threads in cells:
        row = []
        for rival in rivals:
            ratios = [r / m for r, m in zip(times[rival, batch, threads], times[mine, batch, threads])]
            row.append(f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})")
        print(f"| {batch} | {threads} | " + " | ".join(row) + " |")


def main():
    options = arguments()
    prepare(options.work)
    names = options.engines.split(",")
    engines = [
        PythonEngine(name, options.work) if name in PYTHON_ENGINES else JavaEngine(name, options.work, options)
        for name in names
    ]
    cells = [(int(b), int(t)) for b in options.batches.split(",") for t in options.threads.split(",")]
    times, differences = {}, {}
    for batch, threads in cells:
        for turn in range(options.rounds):
            for engine in engines:
                ms, difference = engine.turn(batch, threads, options.seconds)
                times.setdefault((engine.name, batch, threads), []).append(ms)
                differences[engine.name] = max(difference, differences.get(engine.name, 0))
                print(f"batch {batch}, {threads} threads, turn {turn + 1}, {engine.name}: {ms:.2f} ms", file=sys.stderr)
    for engine in engines:
        engine.close()
    java = subprocess.run([options.java, "-version"], capture_output=True, text=True).stderr.splitlines()[1]
    print(f"machine: {processor()}; {os.cpu_count()} processors; {platform.platform()}\nJava: {java}; Python "
          f"{platform.python_version()}")
    for engine in engines:
        print(f"{engine.name}: {engine.version}; largest difference from the reference's logits {differences[engine.name]:.1e}")
    print_tables(times, cells, names)


if __name__ == "__main__":
    main()
