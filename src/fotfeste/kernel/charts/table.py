"""The table that belongs to a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The same figures in rows: first column what, the others the figures written out."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]

    def __html__(self) -> SafeString:
        """Draw it as a table that stays a table."""
        head = format_html_join("", '<th scope="col"{}>{}</th>', _cells(self.header))
        body = format_html_join(
            "",
            '<tr><th scope="row">{}</th>{}</tr>',
            (
                (row[0], format_html_join("", '<td class="fot-num">{}</td>', ((c,) for c in row[1:])))
                for row in self.rows
            ),
        )
        return format_html(
            '<div class="fot-table-wrap" tabindex="0" role="region" aria-label="{}"><table class="ds-table fot-table"'
            ' data-stay=""><caption class="ds-sr-only">{}</caption><thead><tr>{}</tr></thead>'
            "<tbody>{}</tbody></table></div>",
            self.caption,
            self.caption,
            head,
            body,
        )

    def __str__(self) -> str:
        return self.__html__()


def _cells(header: Sequence[str]) -> list[tuple[SafeString, str]]:
    numeric = format_html(' class="{}"', "fot-num")
    return [(numeric if i else SafeString(""), words) for i, words in enumerate(header)]
