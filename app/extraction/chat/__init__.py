"""An extractor that asks a model; a door gives it the line on which it asks."""

from app.extraction.chat.extractor import ChatExtractor

__all__ = ["ChatExtractor"]
