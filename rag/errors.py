"""Everything that this library raises; messages are Vietnamese sentences for the person at the keyboard.

HoidapError
├── ConfigError            the configuration file or an environment variable is wrong
├── ReadingError           a file of the corpus cannot be read as text
├── EncoderError           the encoder is missing, damaged or does not load
├── SnapshotError
│   ├── SnapshotMissing    nothing has been ingested yet for this corpus
│   └── SnapshotLocked     another process is ingesting
├── QuestionError          a question is empty, too long or not valid JSON
├── QuizError              a quiz paper cannot be made as asked, or the item bank refuses
└── UnverifiedAnswer       an answer failed its own verification and was withheld
"""

from __future__ import annotations


class HoidapError(Exception):
    """The root of the tree."""


class ConfigError(HoidapError):
    """The configuration file or an environment variable is wrong."""


class ReadingError(HoidapError):
    """A file of the corpus cannot be read as text."""


class EncoderError(HoidapError):
    """The encoder is missing, damaged or does not load."""


class SnapshotError(HoidapError):
    """The snapshot cannot be used."""


class SnapshotMissing(SnapshotError):
    """Nothing has been ingested yet for this corpus."""


class SnapshotLocked(SnapshotError):
    """Another process is ingesting."""


class QuestionError(HoidapError):
    """A question is empty, too long or not valid JSON."""


class QuizError(HoidapError):
    """A quiz paper cannot be made as asked, or the item bank refuses."""


class UnverifiedAnswer(HoidapError):
    """An answer failed its own verification and was withheld."""
