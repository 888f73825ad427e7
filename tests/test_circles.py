"""No module waits for itself: whatever a file needs, it can be read after that, without going in a circle."""

from graphlib import TopologicalSorter

import grimp

OURS = ("server", "benchmarks", "tools")


def test_modules_import_each_other_in_no_circle() -> None:
    """An import for the type checker alone counts: who reads the one file has to read the other, and then the first."""
    graph = grimp.build_graph(*OURS, cache_dir=None)
    assert len(graph.modules) > 500
    TopologicalSorter({name: graph.find_modules_directly_imported_by(name) for name in graph.modules}).prepare()
