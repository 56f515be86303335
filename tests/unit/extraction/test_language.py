from app.extraction.language import guess_language, is_english
from tests.cases import in_turn


@in_turn(
    ("text", "language"),
    [
        ("The council said that it will not pay for the repair of the bridge this year.", "en"),
        ("Der Rat der Stadt hat gestern beschlossen, die alte Brücke nicht zu erneuern.", "und"),
        ("Le conseil municipal a décidé hier de ne pas réparer le vieux pont de pierre.", "und"),
        ("市议会昨天决定不修理这座旧桥。", "und"),
        ("", "und"),
        ("Prices fell.", "en"),
    ],
)
def test_common_words_tell_english_from_other_languages(text, language):
    assert guess_language(text) == language


@in_turn(
    ("tag", "english"), [("en", True), ("en-GB", True), ("EN_us", True), ("de", False), ("", False)]
)
def test_a_region_does_not_change_the_language(tag, english):
    assert is_english(tag) is english
