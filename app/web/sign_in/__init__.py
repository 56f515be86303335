"""Signing in, signing out, one-time links."""

from app.web.sign_in.views import blueprint

__all__ = ["blueprint"]
