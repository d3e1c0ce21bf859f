"""Who does the work: each peer trains in its own usual way."""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from benchmarks.peers.trainer import Trainer

OURS = "neuralnet"


@dataclass(frozen=True)
class Peer:
    """Where a peer's trainer is found, what must be installed for it, and what it can do."""

    trainer: str
    needs: str = "numpy"
    works: str = ""

    def is_installed(self) -> bool:
        """Whether what it needs can be imported."""
        return find_spec(self.needs) is not None

    def can(self, name: str) -> bool:
        """Whether it takes part in the workload of this name."""
        return not self.works or name.split()[0] in self.works.split()

    def load(self) -> type[Trainer]:
        """Import its trainer."""
        module, _, name = self.trainer.partition(".")
        return getattr(import_module(f"benchmarks.peers.{module}"), name)


DENSE = "W1 W2 W3 W4 W5 W6"
PEERS = {
    OURS: Peer("ours.NetworkTrainer"),
    "Neuron": Peer("ours.NeuronTrainer", works="W1"),
    "tutorial": Peer("tutorial.TutorialTrainer", works="W1 W2 W3"),
    "windows": Peer("windows.Windows", works="W7"),
    "floor": Peer("floor.Floor", works=DENSE),
    "scikit-learn": Peer("scikit.ScikitTrainer", needs="sklearn", works=DENSE),
    "torch": Peer("pytorch.Eager", needs="torch"),
    "torch.compile": Peer("pytorch.Compiled", needs="torch"),
    "jax": Peer("jitted.Step", needs="jax", works=DENSE),
    "jax.scan": Peer("jitted.Scan", needs="jax", works=DENSE),
}
