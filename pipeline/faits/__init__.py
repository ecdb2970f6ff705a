"""Turns press articles into a table of facts: who, what, how much, when, says who.

The way in is `faits.flow.read` (one article) and `faits.flow.tabulate` (many); the types are in `faits.model`.
Importing this package loads neither spaCy nor a lexicon.
"""

__version__ = "0.1.0"
