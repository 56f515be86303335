"""Fields of forms as they are written on pages."""

from wtforms import SelectField, SelectMultipleField
from wtforms.widgets import Select

from app.web.fields import DeskForm, QuickSelect, choices
from tests.cases import in_turn

ODD = [("", "Any"), ("a&b", "<b> & \"so\" 'on'"), ("c", "c ◇"), ("d", "")]


class Form(DeskForm):
    one = SelectField(choices=choices(ODD))
    many = SelectMultipleField(choices=choices(ODD))


@in_turn("chosen", ["", "a&b", "c", "nothing"])
def test_a_select_field_is_written_as_wtforms_writes_it(app, chosen):
    with app.test_request_context("/"):
        form = Form(formdata=None, data={"one": chosen})
        quick = form.one(class_="x")
        form.one.widget = Select()

        assert quick == form.one(class_="x")
        assert quick.count("selected") == (chosen != "nothing")


def test_only_what_one_can_choose_from_once_is(app):
    with app.test_request_context("/"):
        form = Form(formdata=None)

        assert type(form.one.widget) is QuickSelect
        assert type(form.many.widget) is Select
