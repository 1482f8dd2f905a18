"""What the parts of the page share: the desk that answers, the configuration, and what is stored."""

from __future__ import annotations

from dataclasses import dataclass

from rag.config import Config
from rag.index.snapshot import current_manifest
from rag.types import Unread
from rag.web.desk import Assistant, Desk
from rag.web.feedback import FeedbackStore


@dataclass(frozen=True, slots=True)
class Site:
    """One running page; `read` is when its corpus was read, as an ISO time, empty where it is not known.

    `unread` are the files of the corpus that gave no text then.
    """

    desk: Desk
    config: Config
    feedback: FeedbackStore
    read: str
    unread: tuple[Unread, ...] = ()

    @classmethod
    def of(cls, assistant: Assistant, config: Config) -> Site:
        """The page over an assistant. Raises: ConfigError where feedback cannot be stored."""
        manifest = current_manifest(config)
        store = FeedbackStore(config.data, days=config.feedback_days)
        if manifest is None:
            return cls(Desk(assistant), config, store, "")
        return cls(Desk(assistant, dict(manifest.files)), config, store, manifest.created, manifest.unread)
