"""What refusals about sources, saved copies and flags say. Part of ``sentences``."""

from collections.abc import Mapping

# Marks a sentence for the translators' tools; the door that shows it translates it.
N_ = str

SOURCES: Mapping[str, str] = {
    "source.many": N_("A check can have at most %(limit)s sources."),
    "source.url": N_("A web page needs its address."),
    "source.title": N_("Say what the source is."),
    "source.set": N_("A set is a number from 1 to %(limit)s."),
    "source.future": N_("Nobody can have read it on that day yet."),
    "source.search-what": N_("Say what you looked for."),
    "source.search-where": N_("Say where you looked, so that others can look there again."),
    "source.search-when": N_("Say when you looked."),
    "source.long": N_("A source's fields may have at most %(limit)s characters each."),
    "source.swayed": N_(
        "You could still check claims here without knowing what others found, so how they described"
        " their sources is kept from you. Another editor can change this."
    ),
    "source.erased": N_("The words of this source were erased, for good."),
    "source.stale": N_("Somebody described this source otherwise after you opened it."),
    "source.reason": N_("Say why: what was found, and where it can be read."),
    "source.sound": N_("Nothing was held against this source."),
    "source.none": N_("Tick the sources that are copies of one."),
    "source.at-once": N_("At most %(limit)s sources can be named at once."),
    "source.origin": N_("Say of what they are copies."),
    "source.missing": N_("There is no such source, or it is not for you to see."),
    "copy.no-address": N_("This source has no address that could be looked at."),
    "copy.not-saved": N_(
        "This project saves no copies, so no page is opened for it. Bring the page as a file instead."
    ),
    "copy.not-published": N_(
        "This source is not for publication: whoever runs its page could see that the desk opened it."
        " Bring the page as a file instead."
    ),
    "copy.off": N_("The project saves copies no more: the page was not opened."),
    "copy.file": N_("Choose a file."),
    "copy.empty": N_("The file is empty."),
    "copy.kind": N_("This is neither a page (.html, .txt, .mhtml) nor a PDF file."),
    "copy.unreadable": N_("Nothing in it can be read, or reading it took too long."),
    "copy.server": N_("The page’s server is too busy or has broken down."),
    "copy.refused": N_("The page’s server does not hand it out."),
    "copy.lost": N_("Nobody came to look at it. Ask for it again."),
    "copy.erased": N_("The source was erased meanwhile."),
    "copy.blind": N_(
        "You could still check a claim of this project on your own: its saved copies are kept from you."
    ),
    "copy.missing": N_("There is no such saved copy, or it is not for you to see."),
    "flag.note": N_("Say what came of it: why the verdict stands, or what was done."),
    "flag.cleared": N_("Somebody else has looked at it again meanwhile; the mark is gone."),
    "flag.missing": N_("There is no such mark, or it is not for you to see."),
}
