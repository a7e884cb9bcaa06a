"""The search of the edition: what it knows of a code (`terms`), and the script files made of that (`files`)."""

from manual.export.search.files import SearchFiles
from manual.export.search.terms import SearchData, search_data

__all__ = ["SearchData", "SearchFiles", "search_data"]
