"""READING BACK: bytes in, records or named errors with line numbers out."""
