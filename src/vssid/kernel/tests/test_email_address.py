"""E-mail addresses as they are typed."""

import pytest

from vssid.kernel.email_address import EmailAddress
from vssid.kernel.ids import BadCode


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("lan@example.vn", "lan@example.vn"),
        (" Lan.Tran+bhxh@EXAMPLE.vn ", "Lan.Tran+bhxh@example.vn"),
        ("o'hara_1-2@mail.co.uk", "o'hara_1-2@mail.co.uk"),
        ("lan@thư.vn", "lan@thư.vn"),
    ],
)
def test_an_address_is_kept_with_its_domain_in_small_letters(typed, kept):
    assert EmailAddress.parse(typed).reveal() == kept


@pytest.mark.parametrize(
    "typed",
    ["a(1)@c.vn", "(x)a@c.vn", "a@(x)c.vn", "a@c.vn(x)", '"a b"@c.vn', "a@[1.2.3.4]", "@x,@y:a@c.vn",
     "a\\b@c.vn", "Lan <a@c.vn>", "a@c", "a@c.", "a@c..vn.", "a@@c.vn", "a b@c.vn", "", "@c.vn"],
)  # fmt: skip
def test_what_makes_one_mailbox_of_many_texts_is_refused(typed):
    with pytest.raises(BadCode):
        EmailAddress.parse(typed)
