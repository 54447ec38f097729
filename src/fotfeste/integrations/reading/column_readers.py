"""One column at a time: the whole of it at once where it can be, remembered answers where values repeat."""

from collections.abc import Sequence

from fotfeste.integrations.sources import Column

_MOST_REMEMBERED = 100_000
_NEIGHBOURS = 64
Values = Sequence[str]
Faults = list[tuple[int, str]]
"""Place in the column, and the end of the sentence that says why."""


class ColumnReader:
    """A column of a file: what it is parsed by, where it stands and what the sender calls it."""

    def __init__(self, column: Column, place: int, shown_as: str) -> None:
        self.column = column
        self.place = place
        self.shown_as = shown_as
        self._answers = _Answers(column)

    def read(self, cells: Values) -> tuple[Values, Faults]:
        """Return the normalised column, empty where a cell is refused, and the refusals by place."""
        if not any(cells):
            return cells, []
        if self.column.parser.repeats:
            return self._remembered(cells)
        if self.column.parser.many and (values := self.column.parser.many(cells)) is not None:
            return values, []
        return self._one_by_one(cells)

    def _remembered(self, cells: Values) -> tuple[Values, Faults]:
        answers = self._answers
        values = list(map(answers.__getitem__, cells))
        refused = answers.refused
        faults = [(place, refused[cell]) for place, cell in enumerate(cells) if cell in refused] if refused else []
        if len(answers) > _MOST_REMEMBERED:
            self._answers = _Answers(self.column)
        return values, faults

    def _one_by_one(self, cells: Values) -> tuple[Values, Faults]:
        """Look closer, though only at the neighbours of what needs it."""
        parser = self.column.parser
        values: list[str] = []
        faults: Faults = []
        for start in range(0, len(cells), _NEIGHBOURS):
            part = cells[start : start + _NEIGHBOURS]
            if parser.many and (read := parser.many(part)) is not None:
                values += read
                continue
            for place, cell in enumerate(part, start):
                try:
                    values.append(parser(cell))
                except ValueError as refusal:
                    values.append("")
                    faults.append((place, str(refusal)))
        return values, faults


class _Answers(dict[str, str]):
    """Raw cell to normalised text; what is refused answers with nothing and is kept with the reason."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self._parse = column.parser
        self.refused: dict[str, str] = {}

    def __missing__(self, cell: str) -> str:
        try:
            answer = self._parse(cell)
        except ValueError as refusal:
            self.refused[cell] = str(refusal)
            answer = ""
        self[cell] = answer
        return answer
