"""Templates as they are compiled: once for each language, with its sentences already in them.

A page has more than a hundred sentences, and looking one up takes longer than writing it. What follows
from the language alone is therefore put in while a template is compiled, where it joins the HTML around
it; sentences with values in them are filled with these when the page is made.
"""

import re
from collections.abc import Iterator, MutableMapping
from itertools import chain
from keyword import iskeyword
from types import FunctionType
from typing import Any

import markupsafe
from babel.support import NullTranslations
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer

from app import languages
from app.storage import way
from app.web.languages import page_words

SENTENCE = frozenset({"_", "gettext"})
FILLED = "filled"
# What Jinja writes where a block stands, or a page that is extended.
PASSED_ON = "yield from "
# Blanks between elements that hold a line's end: all of them are shown as one blank.
_LINE_ENDS = re.compile(r"[ \t]*\n\s*")


class QuickContext(Context):
    """What templates call is told from what wants to know its context without asking six times."""

    def call(self, called: Any, *args: Any, **values: Any) -> Any:  # noqa: ANN401 - as its parent's
        """Call a function or a macro at once, and anything else as Jinja does."""
        kind = type(called)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind is not FunctionType or "jinja_pass_arg" in called.__dict__:
            return super().call(called, *args, **values)
        if values:
            values.pop("_block_vars", None)
            values.pop("_loop_vars", None)
        return called(*args, **values)


class QuickWriter(CodeGenerator):
    """Templates that do the usual thing at once: each page does it some hundred times.

    What is HTML already, as macros and kept parts are, is written without being wrapped once more, and so
    is a text that was escaped.
    """

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """A line of what is compiled: a block goes on as a whole, not bit by bit through each one around it."""
        if x.startswith(PASSED_ON):
            x = f"yield concat({x.removeprefix(PASSED_ON)})"
        super().writeline(x, node, extra)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - named by Jinja
        """What a thing has is taken of it at once; anything else, as a key of a dict, is left to Jinja."""
        self.write("(t_had if (t_had := getattr(t_of := ")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r}, missing)) is not missing")
        self.write(f" else environment.getattr(t_of, {node.attr!r}))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802 - as its parent's
        """A function of ours is called as it stands; what else is called may want its context."""
        if forward_caller or not self._is_ours(node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _is_ours(self, node: nodes.Call) -> bool:
        """Whether every template knows it by this name, and it takes what is written and nothing else."""
        if not isinstance(node.node, nodes.Name):
            return False
        called = self.environment.globals.get(node.node.name)
        if type(called) is not FunctionType or hasattr(called, "jinja_pass_arg"):
            return False
        # Python has no way to write a value of such a name but in a dict.
        has_odd = any(iskeyword(argument.key) for argument in node.kwargs)
        return not has_odd and node.dyn_args is None and node.dyn_kwargs is None

    def _output_child_pre(self, node: Any, frame: Frame, finalize: Any) -> None:  # noqa: ANN401 - as its parent's
        if _escapes(frame):
            self.write("(t_html if (t_kind := type(t_html := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: Any, frame: Frame, finalize: Any) -> None:  # noqa: ANN401 - as its parent's
        if _escapes(frame):
            self.write(")) is Markup else environment.escaped(t_html)")
            self.write(" if t_kind is str else escape(t_html))")
        else:
            super()._output_child_post(node, frame, finalize)


def _escapes(frame: Frame) -> bool:
    """Whether it is known, when a template is compiled, that what it writes is escaped."""
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


class Inclusions(NodeTransformer):
    """Puts a template that is included in place of the tag, as a part with names of its own.

    Jinja makes a context for each when a page is made, and looks up there what the page knows already.
    """

    def __init__(self, templates: "Templates") -> None:
        self.templates = templates

    def visit_Include(self, node: Any) -> nodes.Node:  # noqa: ANN401, N802 - named by Jinja; an Include with a name
        """What is included."""
        return nodes.Scope(self.templates.read(node.template.value).body, lineno=node.lineno)


class Sentences(Extension):
    """Puts the sentences of a language in place of the calls that ask for them.

    ``_("Pick")`` becomes its translation, marked as what may stand in HTML, as Jinja's own marks it;
    ``_("until %(time)s", time=t)`` a call that only fills the translation. Indents are left out.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens of a template with its sentences written in."""
        words: NullTranslations = self.environment.words  # type: ignore[attr-defined]
        before, tokens = "", iter(stream)
        for token in tokens:
            if token.type == "data":
                yield Token(token.lineno, "data", _LINE_ENDS.sub("\n", token.value))
            elif token.type == "name" and token.value in SENTENCE and before != "dot":
                yield from _said(token, tokens, words)
            else:
                yield token
            before = token.type


def _said(name: Token, tokens: Iterator[Token], words: NullTranslations) -> Iterator[Token]:
    """A sentence, from its name on, and where it is asked for by a variable the same tokens again."""
    taken = [name]
    for wanted in ("lparen", "string", None):
        token = next(tokens, None)
        if token is None:
            break
        taken.append(token)
        if wanted is not None and token.type != wanted:
            break
    *_call, sentence, end = taken
    if len(taken) < 4 or end.type not in {"rparen", "comma"}:
        yield from taken
        return
    translated = words.ugettext(sentence.value)
    has_values = end.type == "comma"
    if has_values:
        yield Token(name.lineno, "name", FILLED)
        yield Token(name.lineno, "lparen", "(")
    parts = ("lparen", "("), ("string", translated if has_values else translated % {})
    for kind, value in chain(parts, (("pipe", "|"), ("name", "safe"), ("rparen", ")"))):
        yield Token(sentence.lineno, kind, value)
    if has_values:
        yield end


def filled(sentence: Any, **values: object) -> Any:  # noqa: ANN401 - marked as safe by the compiler
    """A sentence with its values, which are escaped unless they are HTML already."""
    return sentence % values


class Quick(Template):
    """A template that others import: all have the same names, so what it defines is made once."""

    def _get_default_module(self, ctx: Context | None = None) -> Any:  # noqa: ANN401, ARG002 - as its parent's
        return super()._get_default_module()


class Templates(Environment):
    """The desk's templates in English, from which those in other languages are made."""

    context_class = QuickContext
    code_generator_class = QuickWriter
    template_class = Quick
    words: NullTranslations = languages.words_in(languages.SOURCE)
    # What ``escape`` itself calls, which then wraps the text for whoever goes on with it.
    escaped = staticmethod(markupsafe._escape_inner)  # type: ignore[attr-defined]  # noqa: SLF001 - as above

    def __init__(self, app: Any, **options: Any) -> None:  # noqa: ANN401 - as Flask's
        super().__init__(app, **options)
        self.add_extension(Sentences)
        self.globals[FILLED] = filled
        self.made: dict[Any, Template] = {}
        self.by_words: dict[NullTranslations, Templates] = {self.words: self}

    def get_or_select_template(self, *asked: Any, **more: Any) -> Template:  # noqa: ANN401 - as Jinja's
        """What Flask asks for: the template in the language of the page, which is filled next."""
        way.give()
        return super(Templates, self.spoken(page_words())).get_or_select_template(*asked, **more)

    def get_template(self, name: Any, *parent: Any, **more: Any) -> Template:  # noqa: ANN401 - as Jinja's
        """A template, which is looked for once: pages are made of a dozen."""
        found = self.made.get(name)
        if found is None or self.auto_reload:
            found = self.made[name] = super().get_template(name, *parent, **more)
        return found

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """A template as it is compiled; one that is being worked on is read anew each time, by itself."""
        tree = super()._parse(source, name, filename)
        return tree if self.auto_reload else Inclusions(self).visit(tree)

    def read(self, name: str) -> nodes.Template:
        """Another template that belongs into one."""
        loader: Any = self.loader
        source, filename, _is_fresh = loader.get_source(self, name)
        return self._parse(source, name, filename)

    def spoken(self, words: NullTranslations) -> "Templates":
        """The same templates in the language of these words."""
        found = self.by_words.get(words)
        if found is None:
            # What is compiled in one language must not be taken for another's.
            found = self.overlay(bytecode_cache=None)
            found.words, found.made = words, {}
            self.by_words[words] = found
        return found

    def make_globals(self, own: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """No template has names of its own, and the plain dict is looked through at once."""
        return super().make_globals(own) if own else self.globals
