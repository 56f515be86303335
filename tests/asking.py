"""Questions and answers as a check records them: for tests of what becomes of them."""

from app.domain.evidence_words import AnswerType, SourceMedium
from app.workflow.questions import AnswerValues, QuestionValues

READ = {"medium": SourceMedium.WEB_TEXT, "source": 0}
FOUND = AnswerValues(text="They fell by 3 percent.", **READ)
YES = AnswerValues(type=AnswerType.BOOLEAN, text="Yes", explanation="Table 4 has it.", **READ)
NONE = AnswerValues(type=AnswerType.UNANSWERABLE)


def question(text: str = "By how much did they fall?", *answers: AnswerValues) -> QuestionValues:
    """A question with its answers, one that was found unless others are given."""
    return QuestionValues(text=text, answers=answers or (FOUND,))
