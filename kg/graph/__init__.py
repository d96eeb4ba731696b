"""Readings as RDF: terms, named graphs, files, checks and comparisons."""

from kg.graph.dataset import FORMATS, ConflictGraph, GraphFileError, ReadReport, build_dataset, read_graph, serialize

__all__ = ["FORMATS", "ConflictGraph", "GraphFileError", "ReadReport", "build_dataset", "read_graph", "serialize"]
