"""Doors: one folder for each noun, and what all pages share.

Every folder has a ``blueprint``, named like the folder.
"""

BLUEPRINTS = (
    "sign_in",
    "account",
    "people",
    "keys",
    "projects",
    "guidelines",
    "scales",
    "articles",
    "intakes",
    "claims",
    "sources",
    "flags",
    "saved_filters",
    "pick",
    "weights",
    "reviews",
    "gold",
    "copies",
    "replies",
    "settle",
    "publications",
    "corrections",
    "agents",
    "interests",
    "agreement",
    "batches",
    "rounds",
    "report",
    "exports",
    "imports",
    "comments",
    "notices",
)
