"""The exceptions faits raises on purpose, and nothing else.

A sentence no stage could read is no exception: it is a `faits.model.Problem`, kept beside the facts.
"""


class FaitsError(Exception):
    """What every error a caller can act on descends from; its text says `what; why; what to do`."""


class LexiconError(FaitsError):
    """A lexicon row is malformed, duplicated, without example, or names something unknown."""


class CorpusError(FaitsError):
    """An input could not be read. The runner records it as a problem and goes on.

    `code` names the kind of trouble in problems.jsonl ("empty", "binary", "too_large"…).
    """

    def __init__(self, code: str, what: str, why: str, advice: str) -> None:
        super().__init__(f"{what}; {why}; {advice}")
        self.code, self.what, self.why, self.advice = code, what, why, advice


class ModelError(FaitsError):
    """A spaCy pipeline was asked for and cannot be used."""


class UsageError(FaitsError):
    """The command or the configuration asks for something that cannot be done (exit status 2)."""
