"""The texts of `message_texts` in English: one GSM part, no link."""

from __future__ import annotations

SMS_ENGLISH: dict[str, str] = {
    "account_activation": (
        "BHXH: account {account}, activation password {password}, good once within {hours} hours. "
        "Give it to nobody. BHXH never sends links."
    ),
    "password_changed": (
        "BHXH: the password of your account was just changed. "
        "If this was not you, call 1900 9068 at once. BHXH never sends links."
    ),
    "new_device": (
        "BHXH: your account was just signed in to on a new device. "
        "If this was not you, freeze your account and call 1900 9068. BHXH never sends links."
    ),
    "arrears": (
        "BHXH: for some months no contribution by your employer is recorded. "
        "Open the app, section Notices, for details. BHXH never sends links."
    ),
    "reset_code": (
        "BHXH: code {code} to SET A NEW PASSWORD, good for {minutes} minutes. "
        "Ignore it if you did not ask; give it to nobody. BHXH never sends links."
    ),
    "freeze_code": (
        "BHXH: code {code} to FREEZE your account, good for {minutes} minutes. "
        "Ignore it if you did not ask; give it to nobody. BHXH never sends links."
    ),
    "thaw_code": (
        "BHXH: code {code} to UNFREEZE your account, good for {minutes} minutes. "
        "Ignore it if you did not ask; give it to nobody. BHXH never sends links."
    ),
    "contact_old_code": (
        "BHXH: code {code} to CHANGE the phone or e-mail of your account, good for {minutes} minutes. "
        "Give it to nobody. BHXH never sends links."
    ),
    "contact_new_code": (
        "BHXH: code {code} to confirm this number for a BHXH account, good for {minutes} minutes. "
        "Give it to nobody. BHXH never sends links."
    ),
    "password_reset": (
        "BHXH: your password was reset at {at}; other devices are signed out. "
        "If this was not you, call 1900 9068. BHXH never sends links."
    ),
    "password_reissued": (
        "BHXH: an officer who saw your ID issued a new activation password at {at}. "
        "If this was not you, call 1900 9068. BHXH never sends links."
    ),
    "passkey_added": (
        "BHXH: a passkey was added to your account at {at}. If this was not you, call 1900 9068. "
        "BHXH never sends links."
    ),
    "passkey_removed": (
        "BHXH: a passkey of your account was removed at {at}. If this was not you, call 1900 9068. "
        "BHXH never sends links."
    ),
    "passkey_suspect": (
        "BHXH: a passkey needs your confirmation, {at}. See section Passkeys. "
        "If this was not you, call 1900 9068. BHXH never sends links."
    ),
    "contact_asked": (
        "BHXH: a change of your account's phone was asked for at an office at {at}. "
        "If this was not you, call 1900 9068. BHXH never sends links."
    ),
    "phone_changed": (
        "BHXH: the phone of your account was changed to {masked} at {at}. "
        "If this was not you, call 1900 9068. BHXH never sends links."
    ),
    "phone_set": (
        "BHXH: an officer changed the phone of your account to {masked} at {at}. Not you? "
        "Call 1900 9068 within {hours} hours. BHXH never sends links."
    ),
    "reset_later": (
        "BHXH: this number is new; it can set a new password from {until}. Sooner: "
        "at an office, where a second officer sees your ID. BHXH never sends links."
    ),
    "email_changed": (
        "BHXH: the e-mail of your account was changed at {at}. If this was not you, call 1900 9068. "
        "BHXH never sends links."
    ),
    "account_frozen": (
        "BHXH: your account was FROZEN at {at} and all devices signed out. "
        "Unfreeze it at an office or in the app. BHXH never sends links."
    ),
    "account_thawed": (
        "BHXH: your account was UNFROZEN at {at}. If this was not you, freeze it at once or call "
        "1900 9068. BHXH never sends links."
    ),
    "closing_asked": (
        "BHXH: your account will be closed on {close} as you asked. "
        "To keep it, sign in and choose Keep the account before then. BHXH never sends links."
    ),
    "closing_undone": (
        "BHXH: the request to close your account was cancelled at {at}. BHXH never sends links."
    ),
    "account_closed": (
        "BHXH: your account is closed. Your insurance records are kept and your card stays valid. "
        "BHXH never sends links."
    ),
    "request_refused": (
        "BHXH: the request about your account at an office was refused. Call 1900 9068 to hear why. "
        "BHXH never sends links."
    ),
    "family_second": (
        "BHXH: one more guardian was approved to see your child's card. "
        "If this is wrong, call 1900 9068. BHXH never sends links."
    ),
    "family_ended": (
        "BHXH: you can no longer see your child's record. If you did not ask for this, call 1900 9068. "
        "BHXH never sends links."
    ),
    "family_of_age": (
        "BHXH: your child has turned 18, so you no longer see the record. "
        "Your child can register an account. BHXH never sends links."
    ),
    "family_own": (
        "BHXH: you have turned 18, so your guardian no longer sees your record. "
        "You can register your own account. BHXH never sends links."
    ),
    "trusted_ask": (
        "BHXH: somebody you know wants this number to receive their codes. "
        "If you agree, tell them {code}, good for {minutes} minutes. BHXH never sends links."
    ),
    "trusted_code": (
        "BHXH: code {code} of somebody who asked you to receive it, good for {minutes} minutes. "
        "Give it to that person only. BHXH never sends links."
    ),
    "trusted_activation": (
        "BHXH: for somebody you know: account {account}, password {password}, good {hours} hours. "
        "Give it to that person only. BHXH never sends links."
    ),
    "trusted_used": (
        "BHXH: your code was just sent to your trusted person's phone as well. "
        "If you did not ask for this, call 1900 9068. BHXH never sends links."
    ),
    "trusted_named": (
        "BHXH: you have just named a trusted person to receive your codes. "
        "If this was not you, call 1900 9068. BHXH never sends links."
    ),
}

_ASK = "Give the code to nobody, not even to somebody who says they are a BHXH officer."
_CODE = "{code}\nThe code is good for {minutes} minutes."
# Subject and text.
LETTERS_ENGLISH: dict[str, tuple[str, str]] = {
    "reset_code": (
        "Code to set a new password",
        f"Code to set a new password: {_CODE} If you did not ask for it, ignore it. {_ASK}",
    ),
    "contact_old_code": (
        "Code to change phone or e-mail",
        f"Code to change the phone or e-mail of your account: {_CODE} {_ASK}",
    ),
    "contact_new_code": (
        "Code to confirm your e-mail",
        f"Code to confirm this e-mail for a BHXH account: {_CODE} {_ASK}",
    ),
}
