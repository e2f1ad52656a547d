"""What is known of the columns of one question."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.intake.codebook import Question
from dashboard.intake.headers import Field

OTHER_TEXT = re.compile(
    r"^other\b.*(specify|text|write)|^other$|please specify"
    r"|^andere[rs]?$|^sonstige|^autre|^otro|^outro|^altro|^diğer|^lainnya|^أخرى|^другое",
    re.IGNORECASE,
)
TEXT_OF_OTHER = re.compile(r"\s+-\s+text$|\s*[\[(]text[\])]$", re.IGNORECASE)


@dataclass(frozen=True)
class OptionColumn:
    """A column that stands for one option. `option` is "" where no option of the codebook means its `text`; `is_text`:
    the cells hold what was typed beside "Other"."""

    field: Field
    option: str
    text: str
    is_text: bool = False


@dataclass(frozen=True)
class Group:
    """The columns of one question: a column for each option, or columns whose cells hold the answers, each with the
    separator that joins them."""

    question: Question
    heading: str
    options: tuple[OptionColumn, ...] = ()
    lists: tuple[tuple[Field, str], ...] = ()
    is_named: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """All its columns."""
        return (*(column.field for column in self.options), *(field for field, _ in self.lists))
