"""The log as the privacy officer reads it: who looked at and did what, as sentences, without the cases."""

from fotfeste.config.log.telling import Sentence, sentences

__all__ = ["Sentence", "sentences"]
