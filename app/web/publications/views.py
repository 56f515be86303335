"""Where verdicts were published."""

from flask import Blueprint

from app.web.publications import copies

blueprint = Blueprint("publications", __name__)
copies.install(blueprint)
