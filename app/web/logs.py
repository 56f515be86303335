"""The log: classes of errors, ids and actions, never anything that somebody wrote."""

import sys
import traceback

import structlog
from flask import has_request_context, request

MAX_FRAMES = 12


def configure() -> None:
    """Write to standard error, one line an entry."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def error(problem: BaseException | None) -> None:
    """Log that something broke: its class, its code and where in the program, without its text."""
    orig = getattr(problem, "orig", None)
    frames = traceback.extract_tb(problem.__traceback__) if problem is not None else []
    structlog.get_logger().error(
        "broken",
        kind=type(problem).__name__,
        # What the database calls it, such as SQLITE_FULL.
        code=getattr(orig, "sqlite_errorname", None) or getattr(orig, "sqlstate", None),
        method=request.method if has_request_context() else None,
        endpoint=request.endpoint if has_request_context() else None,
        at=" < ".join(f"{f.filename}:{f.lineno}" for f in reversed(frames[-MAX_FRAMES:])),
    )


def refused(code: str, status: int) -> None:
    """Log that something was refused, by its code."""
    structlog.get_logger().info("refused", code=code, status=status, endpoint=request.endpoint)
