"""Reports: what is read from files, folders and standard input."""

from kg.reports.reading import Fault, Note, read_reports

__all__ = ["Fault", "Note", "read_reports"]
