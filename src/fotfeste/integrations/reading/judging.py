"""From the cells of a block to normalised rows, row errors and remarks: column by column, parsers made ready once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import compress, repeat

from fotfeste.integrations.reading.blocks import Block
from fotfeste.integrations.reading.column_readers import ColumnReader, Values
from fotfeste.integrations.reading.errors import RowError, shown
from fotfeste.integrations.reading.identities import IdentityJudge
from fotfeste.integrations.sources import INTAKE_FIELDS, RowDefinition, Shape

BODY_FIELDS = INTAKE_FIELDS[1:]
"""Everything of an intake row but its number."""
_WHEN_BORN = ("born", "permission_on")
_POINTS = (("lat", "lon"), ("institution_lat", "institution_lon"))


@dataclass(slots=True)
class JudgedBlock:
    """
    What became of a block. ``columns`` are the normalised columns of the rows that passed, by `BODY_FIELDS`.

    ``errors`` is by place in the block; ``remarks`` are about rows that were taken in all the same.
    """

    row_nos: Sequence[int]
    columns: dict[str, Values]
    errors: dict[int, list[RowError]] = field(default_factory=dict)
    remarks: list[RowError] = field(default_factory=list)


def column_word(definition: RowDefinition) -> str:
    """Return what a column is called in a sentence about a file of the source."""
    return "feltet" if definition.shape is Shape.JSON else "kolonnen"


class BlockJudge:
    """
    Judges the blocks of one file.

    ``fields`` is field name to column of the file, ``header`` what those columns are called there, ``on`` the day of
    reading: nobody is born, and nothing permitted, after it.
    """

    def __init__(
        self,
        definition: RowDefinition,
        *,
        fields: Mapping[str, int],
        header: Sequence[str],
        identities: IdentityJudge,
        on: date,
    ) -> None:
        self._definition = definition
        self._identities = identities
        self._on = on.isoformat()
        self._word = column_word(definition)
        self._readers = {
            name: ColumnReader(column, fields[name], header[fields[name]])
            for name, column in definition.columns.items()
            if name in fields
        }

    def judge(self, block: Block) -> JudgedBlock:
        """Return the rows that pass and what is wrong with the others."""
        judged = JudgedBlock(block.row_nos, {})
        if block.row_nos:
            for name, reader in self._readers.items():
                self._read_column(name, reader, block, judged)
            self._judge_identities(judged)
            self._judge_days(judged)
            self._judge_coordinates(judged)
            _drop_refused(judged)
        return judged

    def bodies(self, judged: JudgedBlock) -> list[str]:
        """Return the rows that passed as text: `BODY_FIELDS` joined by tabs, with what the source itself answers."""
        constants = self._definition.constants
        parts: list[Iterable[str]] = []
        same_for_all: list[str] = []  # neighbours with nothing to say row by row are joined once, not once per row
        for name in BODY_FIELDS:
            if values := judged.columns.get(name):
                if same_for_all:
                    parts.append(repeat("\t".join(same_for_all)))
                    same_for_all = []
                parts.append(values)
            else:
                same_for_all.append(constants.get(name, ""))
        if same_for_all:
            parts.append(repeat("\t".join(same_for_all)))
        return list(map("\t".join, zip(*parts, strict=False)))

    def _read_column(self, name: str, reader: ColumnReader, block: Block, judged: JudgedBlock) -> None:
        cells = block.cells[reader.place]
        values, faults = reader.read(cells)
        if any(values):
            judged.columns[name] = values
        for place, reason in faults:
            row_no, cell = block.row_nos[place], shown(cells[place])
            start = f"Rad {row_no}: «{cell}» i {self._word} {reader.shown_as} {reason}"
            if reader.column.forgiving:
                sentence = f"{start}. Raden er tatt inn uten."
                judged.remarks.append(RowError(row_no, reader.shown_as, cell, sentence))
            else:
                _refuse(judged, place, RowError(row_no, reader.shown_as, cell, f"{start}."))
        if reader.column.needs_value and "" in values:
            faulty = {place for place, _ in faults}
            for place, value in enumerate(values):
                if not value and place not in faulty:
                    why = reader.column.when_blank or "er tom"
                    sentence = f"Rad {block.row_nos[place]}: {self._word} {reader.shown_as} {why}."
                    _refuse(judged, place, RowError(block.row_nos[place], reader.shown_as, "", sentence))

    def _judge_identities(self, judged: JudgedBlock) -> None:
        numbers = judged.columns.get("national_id", ())
        types = judged.columns.pop("id_type", None)
        if not any(numbers):
            return
        blank = [""] * len(numbers)
        answer = self._identities.judge(numbers, types or blank, judged.columns.get("born", blank))
        judged.columns["id_kind"] = answer.kinds
        shown_as = self._readers["national_id"].shown_as
        for place, sentence in answer.refusals:
            error = RowError(judged.row_nos[place], shown_as, shown(numbers[place]), "")
            _refuse(judged, place, _said(error, sentence))
        for place, sentence in answer.remarks:
            judged.remarks.append(_said(RowError(judged.row_nos[place], shown_as, "", ""), sentence))

    def _judge_days(self, judged: JudgedBlock) -> None:
        for name in _WHEN_BORN:
            days = judged.columns.get(name, ())
            if max(days, default="") > self._on:
                for place, day in enumerate(days):
                    if day > self._on:
                        self._refuse_day(judged, name, place, "er i framtiden")
        starts, ends = judged.columns.get("starts_on", ()), judged.columns.get("ends_on", ())
        if any(starts) and any(ends):
            for place, (first, last) in enumerate(zip(starts, ends, strict=True)):
                if last < first and last:
                    self._refuse_day(judged, "ends_on", place, "er før starten")

    def _refuse_day(self, judged: JudgedBlock, name: str, place: int, reason: str) -> None:
        row_no, shown_as, day = judged.row_nos[place], self._readers[name].shown_as, judged.columns[name][place]
        written = self._readers[name].column.parser.write(day)
        sentence = f"Rad {row_no}: «{written}» i {self._word} {shown_as} {reason}."
        _refuse(judged, place, RowError(row_no, shown_as, written, sentence))

    def _judge_coordinates(self, judged: JudgedBlock) -> None:
        """Let no half of a point through: a latitude without its longitude is nowhere."""
        for north_of, east_of in _POINTS:
            self._judge_point(judged, north_of, east_of)

    def _judge_point(self, judged: JudgedBlock, north_of: str, east_of: str) -> None:
        latitudes, longitudes = judged.columns.get(north_of, ()), judged.columns.get(east_of, ())
        if bool(latitudes) == bool(longitudes) and "" not in latitudes and "" not in longitudes:
            return
        blank = [""] * len(judged.row_nos)
        if list(map(bool, latitudes or blank)) != list(map(bool, longitudes or blank)):
            pairs = list(zip(latitudes or blank, longitudes or blank, strict=True))
            judged.columns[north_of] = [north if east else "" for north, east in pairs]
            judged.columns[east_of] = [east if north else "" for north, east in pairs]


def _refuse(judged: JudgedBlock, place: int, error: RowError) -> None:
    judged.errors.setdefault(place, []).append(error)


def _said(error: RowError, sentence: str) -> RowError:
    return RowError(error.row_no, error.column, error.value, f"Rad {error.row_no}: {sentence}")


def _drop_refused(judged: JudgedBlock) -> None:
    if not judged.errors:
        return
    kept = [place not in judged.errors for place in range(len(judged.row_nos))]
    refused = {judged.row_nos[place] for place in judged.errors}
    judged.row_nos = list(compress(judged.row_nos, kept))
    judged.columns = {name: list(compress(values, kept)) for name, values in judged.columns.items()}
    judged.remarks = [remark for remark in judged.remarks if remark.row_no not in refused]
