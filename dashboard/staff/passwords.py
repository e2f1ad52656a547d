"""Passwords, as argon2id keeps them."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

# what NIST SP 800-63B asks of passwords: long, of any signs, no rules that make people write them down
SHORTEST, LONGEST = 12, 200
HASHER = PasswordHasher()
# compared with where there is no account or no password, so that the time of an answer does not say so: a hash with the
# parameters of today. Made at the start it would take a quarter of a second and 64 MB
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$3fw5gDpZfCYqetT6UI7YBQ$P6F73+pPw3ftYfhwcDFrq7qaurAaZbNTIcSwPAHgBfY"


def hash_password(password: str) -> str:
    """The hash of a password, with its salt and its parameters."""
    return HASHER.hash(password)


def is_password(hashed: str, password: str) -> bool:
    """Whether a password is the one of a hash ("": of nobody). Takes as long whether there is one or not."""
    try:
        is_right = HASHER.verify(hashed or NOBODY, password)
    except (Argon2Error, InvalidHashError):
        return False
    return is_right and bool(hashed)


def is_outdated(hashed: str) -> bool:
    """Whether a hash should be made anew, because the parameters are stronger today."""
    return HASHER.check_needs_rehash(hashed)


def fault_of(password: str, email: str) -> str:
    """What is wrong with a password to be set: "short", "long", "email", "simple" (one sign over and over); "" where
    nothing is."""
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    name = email.partition("@")[0]
    if password.casefold() in {email, name * 2, name * 3}:
        return "email"
    return "simple" if len(set(password)) < 4 else ""
