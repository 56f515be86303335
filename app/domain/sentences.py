"""What a refusal says, in one sentence with its way out; the doors share this table.

The web translates the sentence before it fills the values in; the command line says it as it is.
"""

from collections.abc import Mapping

from app.domain.counted_sentences import COUNTED
from app.domain.errors import Refused
from app.domain.evidence_question_sentences import QUESTIONS
from app.domain.extractor_sentences import EXTRACTORS
from app.domain.fetch_sentences import FETCHING
from app.domain.gate_sentences import GATES
from app.domain.intake_sentences import INTAKES
from app.domain.machine_sentences import MACHINE
from app.domain.source_sentences import SOURCES
from app.domain.training_sentences import TRAINING

# Marks a sentence for the translators' tools; the door that shows it translates it.
N_ = str

SENTENCES: Mapping[str, str] = {
    **{code: counted.many for code, counted in COUNTED.items()},
    **EXTRACTORS,
    **FETCHING,
    **GATES,
    **INTAKES,
    **MACHINE,
    **QUESTIONS,
    **SOURCES,
    # who may
    "not-allowed": N_("You are not allowed to do that."),
    "sign-in.wrong": N_("This e-mail address and password do not go together."),
    "link.missing": N_("This sign-in link was used, has expired or never existed."),
    "password.short": N_("The password needs at least %(limit)s characters."),
    "password.long": N_("The password can have %(limit)s characters at most."),
    "password.old": N_("This is not your present password."),
    "password.repeat": N_("The two passwords are not the same."),
    "password.email": N_("The password must be something else than the e-mail address."),
    "form.choice": N_("This is not one of the choices of this form. Choose again."),
    # people
    "person.missing": N_("There is no such person."),
    "person.email": N_("Write an e-mail address such as name@example.org."),
    "person.email-taken": N_("Somebody with this e-mail address is here already."),
    "person.name": N_("Write a name of at most %(limit)s characters."),
    "person.inactive": N_("This person is shut out. Let them in again first."),
    "person.last-admin": N_("This is the last admin. Make somebody else an admin first."),
    # keys
    "key.shape": N_("Write one letter, digit or sign of an English keyboard, or leave it empty."),
    "key.browser": N_("“%(key)s” is needed by browsers or screen readers. Choose another one."),
    "key.clash": N_("“%(key)s” is also the key for “%(other)s”. Each needs one of its own."),
    # projects
    "project.missing": N_("There is no such project, or you are not in it."),
    "project.slug": N_("The short name can have small letters, digits and single hyphens."),
    "project.slug-taken": N_("Another project has this short name already."),
    "project.title": N_("Give the project a title."),
    "project.reviews": N_("Write a number of checks from 1 to %(limit)s."),
    "project.extra-first": N_("Write a number from 0 to %(limit)s."),
    "project.extra-share": N_("Write a share from 0 to 100 percent."),
    "project.extra-tags": N_("At most %(number)s tags of at most %(limit)s characters."),
    "project.most-checks": N_("Write a number from 1 to %(limit)s, or nothing."),
    "project.one-check": N_("Only independent checking can want more than one check."),
    "project.open-from": N_("Write a number from 0 to 1."),
    "project.timezone": N_("There is no time zone “%(value)s”. Write one such as Europe/Paris."),
    "project.recheck-days": N_(
        "Days until a page is looked at again: from 1 to %(limit)s, or nothing."
    ),
    "project.lease": N_("A claim must be lent for at least one minute."),
    "weights.few": N_(
        "At least %(limit)s claims must be picked, and as many dropped, before there is something to "
        "learn from. Still missing: %(picked)s picked, %(dropped)s dropped."
    ),
    "weights.missing": N_("There are no such weights in this project."),
    "gold.closed": N_("Only a claim that is suggested or to check can get a known answer."),
    "gold.blind": N_(
        "You could still check this claim yourself. Let yourself be shown its checks first, on the "
        "page of the claim, or choose a suggestion."
    ),
    "gold.begun": N_("Somebody holds or checked this claim already: it cannot get a known answer."),
    "gold.use": N_("People answered it already, so what it is for cannot change."),
    "gold.explanation": N_("Write down why: it is what people are to learn from."),
    "gold.every": N_("Write a whole number from 0 to %(limit)s."),
    "unanimous.changed": N_(
        "More claims have the same answers now than the page told: look at them again."
    ),
    "unanimous.signoff": N_("Only claims with independent checks can be accepted together."),
    "gold.explained": N_("The answer was explained to you, so yours stays as you gave it."),
    "guidelines.missing": N_("There is no such version of the guidelines."),
    "guidelines.stale": N_("Version %(version)s was written after you opened this page."),
    "scheme.unknown": N_("There is no such scale."),
    "scheme.name": N_("Give the scale a name of at most %(limit)s characters."),
    "scheme.number": N_("A scale has from %(fewest)s to %(most)s answers."),
    "scheme.label-name": N_("Every answer needs a name of at most %(limit)s characters."),
    "scheme.label-code": N_(
        "A code has small letters, digits and single hyphens: “%(value)s” not."
    ),
    "scheme.definition": N_("What an answer means takes at most %(limit)s characters."),
    "scheme.twice": N_("“%(name)s” stands there twice: each answer needs its own name and code."),
    "scheme.ranks": N_("The ranks must run from 1, the worst, without a gap."),
    "scheme.crosswalk": N_("Two answers cannot both go on from the same one."),
    "scheme.stale": N_("Somebody changed this scale after you opened it. Both are shown."),
    "scheme.in-use": N_(
        "Checks were begun on the present scale: it can be changed, but not swapped for another."
    ),
    # articles and claims
    "article.missing": N_("There is no such article, or it belongs to a project you are not in."),
    "article.empty": N_("There is no text in this."),
    "article.long": N_("The text is longer than %(limit)s characters: leave a part out."),
    "article.binary": N_("This is not a text: choose a .txt or .html file."),
    "article.encoding": N_("The characters of this file cannot be read: save it as UTF-8."),
    "article.none": N_("No article was found in this page: paste its text instead."),
    "article.large": N_(
        "The file is larger than %(limit)s MB: save only the article, or paste its text."
    ),
    "article.crowded": N_(
        "This page holds far more than one article: save only the article, or paste its text."
    ),
    "article.twice": N_("Paste the text or choose a file, not both: which one is the article?"),
    "article.kind": N_("Only .txt, .html and .csv files can be taken in."),
    "article.newer": N_("The article has a newer text than the one you chose these words in."),
    "article.another": N_("Another article of this project has exactly this text."),
    "place.newer": N_(
        "This claim stands in another text of the article by now. Open the article again."
    ),
    "place.no-article": N_("This claim was not taken from an article here."),
    "place.no-text": N_("The text of this claim's article is not here."),
    "group.none": N_("Choose the claim that says the same."),
    "group.itself": N_("This is the claim itself. Choose another one."),
    "cover.unsettled": N_("This claim has no verdict yet that others could share."),
    "cover.none": N_("Tick the claims that the verdict shall hold for, too."),
    "cover.group": N_("Nobody has said that this claim is the same statement."),
    "cover.state": N_("This claim is not to check any more: somebody settled or dropped it."),
    "cover.own-check": N_("You checked this claim yourself: another person decides it."),
    "cover.conflict": N_("You have an interest in this claim: another person decides it."),
    "cover.blind": N_(
        "You could still check this claim on your own: it cannot be you who decides it."
    ),
    "split.settled": N_("This claim is settled, so it cannot be split any more."),
    "split.few": N_("Say what at least two claims it is."),
    "split.many": N_("A claim can be split into %(limit)s at most."),
    "split.beyond": N_("These words are not among those of the claim."),
    "split.shared": N_("This part begins before the one above it ends."),
    "merge.settled": N_("One of these claims is settled, so it cannot be joined any more."),
    "merge.dropped": N_("One of these claims was dropped or joined already. Bring it back first."),
    "merge.known": N_("One of these claims has or had a known answer, which is of its very words."),
    "merge.batch": N_("These claims are in different batches. Put them into one batch first."),
    "merge.few": N_("Tick the claims that are one with this one."),
    "merge.many": N_("At most %(limit)s claims can be joined at once."),
    "merge.text": N_("Only claims of one and the same text can be joined."),
    "merge.long": N_(
        "Together they reach over more than %(limit)s characters: that is no single claim."
    ),
    "merge.chain": N_("Choose who said it from one of the claims that you join."),
    "claim.missing": N_("There is no such claim, or it belongs to a project you are not in."),
    "claim.text": N_("Write down what is claimed."),
    "claim.long": N_("A claim can have %(limit)s characters at most. Split it into several."),
    "claim.state": N_("This claim has moved on, and that cannot be done with it any more."),
    "claim.stale": N_("Somebody changed this claim after you opened it. Look at it again."),
    "quote.blank": N_("The chosen words are blank. Choose some words of the article."),
    "quote.order": N_("The last word must not stand before the first."),
    "quote.long": N_("Choose at most %(limit)s characters of the article as one claim."),
    "quote.missing": N_("These words do not stand in the article like this."),
    "chain.long": N_("Who said it can have %(limit)s steps at most."),
    "chain.name": N_("Every step of who said it needs a name of at most %(limit)s characters."),
    # checks
    "review.missing": N_("There is no such check, or it is not yours to see."),
    "review.stale": N_("You have sent a newer version of this check from another window."),
    "review.state": N_("This check is no longer in a state in which that can be done."),
    "review.claim-closed": N_("This claim has been settled or dropped in the meantime."),
    "review.barred": N_("You have seen others' answers to this claim and cannot check it."),
    "review.had-before": N_("This person has this claim already, or may not check it any more."),
    "review.no-choice": N_("Here everybody is handed the next claim in order."),
    "review.holds-another": N_("You have another claim in your hands already."),
    "interest.missing": N_("There is no such interest, or it is not yours to see."),
    "interest.none": N_("Name somebody who says things, or a tag."),
    "interest.both": N_("Name one of the two, somebody or a tag; declare the other by itself."),
    "interest.agent": N_("No claim of this project names anybody so. Choose a name of the list."),
    "interest.person": N_("Choose somebody of this project."),
    "review.share-given": N_("This person has given their share of checks already."),
    "review.no-slot": N_("No further check of this claim is wanted just now."),
    "review.not-held": N_("This check is not in your hands now."),
    "review.wait-past": N_("Choose a time that is still to come."),
    "review.wait-long": N_("A check can wait for %(limit)s days at most."),
    "review.wait-when": N_("Write the day and the time until which it waits."),
    "review.waits-for": N_("What it waits for may have at most %(limit)s characters."),
    "review.no-reviewer": N_("This person is no checker in this project."),
    "review.taken-over": N_("Somebody else has taken this check over; what you wrote is kept."),
    "review.skip-reason": N_("Say why you pass this claim on."),
    "review.question": N_("Write down the question that goes back with it."),
    "review.verdict": N_("Choose an answer to “Is it so?”."),
    "review.attribution-verdict": N_("Choose an answer to “Was it said?”."),
    "review.retired": N_("“%(label)s” is no answer of the scale any more: choose another one."),
    "review.renamed": N_(
        "The scale was changed after this page was made: what you chose as “%(before)s” is now “%(label)s”."
        " Look at it again, then press once more."
    ),
    "review.redefined": N_(
        "The scale was changed after this page was made: “%(label)s” is explained otherwise now."
        " Look at it again, then press once more."
    ),
    "review.scale-changed": N_(
        "The scale was changed after this page was made: what you chose is now “%(label)s”."
        " Look at it again, then press once more."
    ),
    "review.needs-source": N_("“%(label)s” needs at least one source."),
    "review.no-sources": N_(
        "Answer from the sources that are listed: this check takes no further ones."
    ),
    "review.earlier-round": N_(
        "This claim is in another round now; what was answered before is kept as it is."
    ),
    "round.reason": N_("Say in up to %(limit)s characters why the round is opened."),
    "round.wanted": N_("Ask for %(least)s to %(limit)s checks of each claim."),
    "enough.none": N_("No check of this claim is in: drop it, or find somebody who may check it."),
    "enough.known": N_("The answer of this claim is known: anybody may check it at any time."),
    "round.kind": N_("Choose what kind of round it is."),
    "round.sample": N_("Write a whole number of claims, or a share from 0.1 to 100 percent."),
    "round.none": N_("None of these claims can go into this round."),
    "round.many": N_(
        "A round takes %(limit)s claims at most: draw a sample, or open one round after the other."
    ),
    "round.changed": N_("Other claims can go into the round by now: look at the numbers again."),
    "review.long": N_("A text may have at most %(limit)s characters."),
    "draft.long": N_("The draft is longer than %(limit)s characters."),
    "draft.stale": N_("A newer draft was kept from another window."),
    # replies
    "reply.missing": N_("There is no such request, or it belongs to a project you are not in."),
    "reply.whom": N_("Say whom we ask, in at most %(limit)s characters."),
    "reply.future": N_("This time is still to come: write it down when it is so."),
    "reply.before-sent": N_("This is before it was sent."),
    "reply.both": N_("There is an answer: a reply was asked for, so no reason why not fits."),
    "reply.stale": N_("Somebody wrote down more of this request after you opened it."),
    "reply.erased": N_("The words of this request were erased."),
    # talk and notices
    "comment.text": N_("Write something first."),
    "comment.long": N_("A comment can have %(limit)s characters at most."),
    "comment.person": N_("Choose somebody of this project."),
    "comment.answer": N_("This is an answer: only a whole thread can be closed or opened."),
    "ask.self": N_("Choose somebody else: you cannot ask yourself."),
    "comment.missing": N_("There is no such comment, or it is not yours to see yet."),
    "notice.missing": N_("There is no such notice, or it is not yours."),
    # publications and corrections
    "publication.missing": N_("There is no such piece, or it belongs to a project you are not in."),
    "publication.url": N_("Write the address of the page."),
    "publication.day": N_("Write the day on which it was published, such as 2025-09-04."),
    "publication.title": N_("A title can have %(limit)s characters at most."),
    "publication.many": N_("A piece can take in at most %(limit)s claims at once."),
    "claim.unsettled": N_("This claim is not settled yet: there is nothing to publish."),
    "correction.unsettled": N_("This claim is not settled: there is no verdict to correct."),
    "correction.stale": N_("Somebody corrected this verdict since you opened it."),
    "correction.kind": N_("Say what kind of correction it is."),
    "correction.minor": N_("A minor correction changes no answer. Choose another kind."),
    "correction.note": N_("Write what readers should know about the change."),
    "correction.nothing": N_("Nothing is changed: neither an answer, nor what is published."),
    "claimreview.url": N_("Note where it was published: the address of the page belongs in it."),
    "claimreview.publisher": N_("Write the desk’s name in the settings, under “For readers”."),
    "claimreview.wording": N_(
        "The short wording must have fewer than 75 characters, or the claim where there is none."
        " Correct the verdict, and write a shorter one."
    ),
    "claimreview.rating": N_(
        "The short wording says the verdict already. Correct the verdict, and word only the claim."
    ),
    "claimreview.own-domain": N_(
        "The claim stands on the desk’s own site: search engines want it to stand elsewhere."
    ),
    # figures
    "figures.off": N_(
        "This project shows no figures about single people. An editor can switch them on in its"
        " settings."
    ),
    # agents
    "agent.missing": N_("There is nobody like that, or they belong to a project you are not in."),
    "agent.name": N_("Write a name of at most %(limit)s characters."),
    "agent.name-taken": N_("Somebody else here has this name: if they are the same, merge them."),
    "agent.long": N_("This may have at most %(limit)s characters."),
    "agent.aliases": N_("There can be at most %(limit)s other names."),
    "agent.stale": N_("Somebody changed this since you opened it."),
    "agent.merged": N_("These are one already."),
    "agent.unknown": N_("Nobody here has this name. Choose one of the names on the list."),
    "agent.same": N_("Choose somebody else: nobody can be merged with themselves."),
    # planning
    "plan.priority": N_("How soon is a number from %(first)s to %(last)s."),
    "plan.reason": N_("Why it was picked may have at most %(limit)s characters."),
    "tag.many": N_("A claim can have at most %(limit)s tags."),
    "tag.long": N_("A tag can have at most %(limit)s characters."),
    # second looks
    "triage.undecided": N_("Nobody has decided about this suggestion yet."),
    "triage.own": N_("You decided about this suggestion first: the second look is another's."),
    "triage.done": N_("Somebody was quicker: two people have decided about this one."),
    # batches
    "batch.missing": N_("There is no such batch."),
    "batch.name": N_("Give the batch a name of at most %(limit)s characters."),
    "batch.name-taken": N_("Another batch of this project has this name already."),
    "bulk.batch": N_("Choose a batch."),
    # lists
    "filter.missing": N_("There is no such saved list, or it is not yours."),
    "filter.name": N_("Give the list a name of at most %(limit)s characters."),
    "filter.name-taken": N_("You have another list of this name. Choose another name."),
    "filter.empty": N_("This list holds every claim: choose something first, then save it."),
    "filter.long": N_("This list asks for more than can be kept. Ask for less."),
    "filter.many": N_("You have %(limit)s saved lists: take one away first."),
    "filter.unknown": N_("%(name)s: nothing here is called “%(value)s”."),
    # acting on many
    "bulk.none": N_("No claim is chosen. Tick at least one."),
    "bulk.many": N_("At most %(limit)s claims can be changed at once. Choose fewer."),
    "claimants.nobody": N_("Write down who claims it, or choose the article's own voice."),
    "claimants.settled": N_("It is settled: correct who said it on its own page."),
    "claimants.joined": N_("It was joined to another claim, which says who claims it."),
    "claimants.long": N_("Who said it has as many steps as it can have."),
    "bulk.act": N_("Say what should be done with them."),
    "bulk.person": N_("Choose who should check them."),
    "bulk.people": N_("Choose who should check them: at least one, at most %(limit)s."),
    "bulk.due": N_("Choose a day."),
    "bulk.tag": N_("Write down a tag."),
    "review.no-place": N_("No further check of it is wanted just now."),
    "sharing.nobody": N_(
        "It wants more checks than the people you chose can give: they have it already, may not check"
        " it, or have given their share."
    ),
    "review.not-free": N_("It is not free for this person, or they may not check it any more."),
    "month.shape": N_(
        "“%(value)s” is no month. Write one such as 2026-11, from %(first)s to %(last)s."
    ),
    # sources, links, dates
    "translation.by": N_("Say who translated it: a person, or a machine."),
    "translation.long": N_("A translation can have %(limit)s characters at most."),
    "translation.stale": N_("Somebody translated these words after you opened them."),
    "translation.no-quote": N_("This claim has no words of an article that could be translated."),
    "language.shape": N_("Write a language as its short code, such as fr, ar or pt-BR."),
    "link.long": N_("A web address can have %(limit)s characters at most."),
    "link.shape": N_("This is not a web address."),
    "link.scheme": N_("A web address must begin with http:// or https:// and a host."),
    "link.credentials": N_("A web address must not contain a name or password."),
    "date.shape": N_("“%(value)s” is no date. Write 2025, 2025-09 or 2025-09-04."),
    "date.moment": N_("Write a day and a time, such as 2025-09-04 14:00."),
    "date.year": N_("Write a day in the years from %(first)s to %(last)s."),
    # settling
    "ruling.stale": N_("Somebody has settled this claim since you opened it."),
    "ruling.changed": N_(
        "A check was changed since you opened this page: read it again, then settle."
    ),
    "ruling.question": N_("Your question would be lost: send the check back, or empty that field."),
    "ruling.blind": N_("You check this claim blind: it cannot be you who settles it."),
    "ruling.own-check": N_("It is your own check: another person decides."),
    "ruling.conflict": N_("You have an interest in this claim: another person decides it."),
    "ruling.short-text": N_("The short wording may have at most %(limit)s characters."),
    "ruling.reason": N_("Say why the verdict is changed."),
    # erasing
    "erasure.reason": N_("Say why it is erased."),
    "erasure.done": N_("It was erased before."),
    "erasure.nothing": N_("Nothing was submitted in this check yet."),
    "snapshot.missing": N_("There is no such text."),
    # jobs
    "job.missing": N_("There is no such job."),
    "job.not-failed": N_("This job was not given up: it is done, or still tried."),
    # formats
    "format.unknown": N_("There is no format called %(name)s; there are %(known)s."),
    "page.place": N_("This part of the list does not exist. Begin at its first page."),
    "csv.faults": N_("Nothing was taken in; faults in the file: %(count)s."),
    "csv.unchecked": N_("The file has faults; the first is in line %(line)s."),
    "seed.not-empty": N_(
        "The desk is not empty; seed data only goes into an empty one (set ASSAY_INSTANCE)."
    ),
    **TRAINING,
}


def sentence(error: Refused) -> str:
    """The refusal in English, filled in; a code without a sentence is said as it is."""
    counted = COUNTED.get(error.code)
    try:
        if counted is not None and counted.of(error.values) == 1:
            return counted.one % error.values
        return SENTENCES[error.code] % error.values
    except KeyError:
        return f"That cannot be done ({error.code})."
