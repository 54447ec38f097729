"""Read a file of an import source: typed rows, row errors, and what is worth saying about the file."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from fotfeste.integrations.reading.agreement import Agreement, Contradictions
from fotfeste.integrations.reading.blocks import Block
from fotfeste.integrations.reading.delimited import DelimitedFile
from fotfeste.integrations.reading.errors import RowError, UnreadableFile, listed, refuse_endless
from fotfeste.integrations.reading.identities import IdentityJudge
from fotfeste.integrations.reading.judging import BlockJudge, JudgedBlock, column_word
from fotfeste.integrations.reading.layout import apply_mapping, unused
from fotfeste.integrations.reading.opening import Given, opened
from fotfeste.integrations.reading.recognition import Content, recognise
from fotfeste.integrations.reading.rejects import RejectedRow, Rejects, Spill
from fotfeste.integrations.reading.result import Meta, Reading
from fotfeste.integrations.reading.staging import StagedRows
from fotfeste.integrations.reading.survey import LARGEST_FILE, Survey, survey
from fotfeste.integrations.reading.vigo_json import VigoDocument
from fotfeste.integrations.reading.workbook import WorkbookFile
from fotfeste.integrations.sources import SOURCES, RowDefinition, Shape
from fotfeste.law.national_id import Environment

_MOST_NAMED = 20


def read(
    source: str,
    given: Given,
    *,
    environment: Environment | str,
    on: date,
    mapping: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    largest: int = LARGEST_FILE,
    progress: Callable[[int], None] | None = None,
    surveyed: Survey | None = None,
) -> Reading:
    """
    Read a file of the source to the end.

    ``given`` is a path, the bytes, an open binary file, or an address (then with ``headers``); ``on`` the day of
    reading; ``mapping`` canonical header to the sender's header; ``progress`` is told the rows read so far;
    ``surveyed`` what is known of an open file that was looked through before.

    :raises UnreadableFile: the file as a whole cannot be taken in; the text says why, in Norwegian.
    """
    definition = SOURCES.get(source)
    if definition is None:
        raise UnreadableFile(f"Kilden «{source}» finnes ikke. Velg blant {listed(list(SOURCES))}.")
    file = opened(given, headers=headers, largest=largest)
    try:
        surveyed = surveyed or survey(file, largest=largest)
        content = recognise(file, surveyed, definition, mapping or {})
        try:
            return _Run(definition, content, surveyed, mapping, Environment(environment), on).reading(progress)
        finally:
            if isinstance(content, WorkbookFile):
                content.close()
    finally:
        if file is not given:
            file.close()


class _Run:
    """One reading under way."""

    def __init__(
        self,
        definition: RowDefinition,
        content: Content,
        surveyed: Survey,
        mapping: Mapping[str, str] | None,
        environment: Environment,
        on: date,
    ) -> None:
        self._definition = definition
        self._content = content
        self._surveyed = surveyed
        self._fields = self._layout(mapping)
        type_column = f"{column_word(definition)} {definition.columns['id_type'].header}"
        identities = IdentityJudge(year=on.year, environment=environment, type_column=type_column)
        self._judge = BlockJudge(definition, fields=self._fields, header=content.header, identities=identities, on=on)
        if "national_id" in self._fields and not isinstance(content, DelimitedFile):
            content.restore_numbers(self._fields["national_id"], identities.restore_lost_zero())
        self._agreement = Agreement(definition)
        self._staged, self._rejects, self._remarks = StagedRows(), Rejects(), Spill[RowError]()
        self._seen = self._accepted = self._repeated = 0
        self._one_row_a_number = False
        self._warnings: list[str] = []

    def reading(self, progress: Callable[[int], None] | None) -> Reading:
        """Go through the file and return what came of it."""
        try:
            for block in self._content.blocks():
                self._take(block)
                if progress:
                    progress(self._seen)
            self._settle()
        except BaseException:
            self._staged.close()
            self._rejects.close()
            self._remarks.close()
            raise
        return Reading(
            definition=self._definition,
            meta=self._meta(),
            rows_seen=self._seen,
            accepted=self._accepted,
            repeated=self._repeated,
            one_row_a_number=self._one_row_a_number,
            rejects=self._rejects,
            remarks=self._remarks,
            staged=self._staged,
        )

    def _layout(self, mapping: Mapping[str, str] | None) -> dict[str, int]:
        if self._definition.shape is Shape.JSON:
            return {name: place for place, name in enumerate(self._definition.columns)}
        return apply_mapping(self._definition, self._content.header, mapping)

    def _take(self, block: Block) -> None:
        self._seen += len(block.row_nos) + len(block.malformed)
        refuse_endless(self._seen)
        judged = self._judge.judge(block)
        self._reject(block, judged)
        self._remarks.extend(judged.remarks)
        if judged.row_nos:
            bodies = self._judge.bodies(judged)
            self._agreement.note(judged.row_nos, judged.columns, bodies)
            self._staged.append(judged.row_nos, bodies)
            self._accepted += len(bodies)

    def _reject(self, block: Block, judged: JudgedBlock) -> None:
        rows = [
            RejectedRow(bad.row_no, bad.original, (RowError(bad.row_no, "", "", bad.sentence),))
            for bad in block.malformed
        ]
        rows += [
            RejectedRow(block.row_nos[place], block.original(place), tuple(errors))
            for place, errors in judged.errors.items()
        ]
        self._rejects.add(rows)

    def _settle(self) -> None:
        """Take out rows that repeat or contradict each other, now that all are seen."""
        verdict = self._agreement.verdict()
        repeated, contradicted = verdict.repeated, verdict.contradictions.rows
        self._staged.withdraw(repeated)
        self._staged.withdraw(contradicted)
        self._repeated, self._one_row_a_number = len(repeated), verdict.one_row_each
        self._accepted -= len(repeated) + len(contradicted)
        if len(repeated):
            self._warnings.append(_about_repeated(len(repeated), repeated[:_MOST_NAMED].tolist()))
        if len(contradicted):
            self._rejects.add_afterwards(self._contradicted(verdict.contradictions))

    def _contradicted(self, contradictions: Contradictions) -> Iterator[RejectedRow]:
        """Go through the file once more for the rows as they were sent."""
        for block in self._content.blocks():
            for place, row_no in enumerate(block.row_nos):
                if sentence := contradictions.sentence(row_no):
                    yield RejectedRow(row_no, block.original(place), (RowError(row_no, "", "", sentence),))

    def _meta(self) -> Meta:
        header = tuple(self._content.header)
        is_table = self._definition.shape is Shape.TABLE
        return Meta(
            file_format={VigoDocument: "json", WorkbookFile: "xlsx"}.get(type(self._content), "csv"),
            encoding=self._content.encoding,
            delimiter=self._content.delimiter,
            columns=header,
            mapping={self._definition.columns[name].header: header[place] for name, place in self._fields.items()},
            digest=self._surveyed.digest,
            size=self._surveyed.size,
            warnings=(*self._about_file(unused(header, self._fields) if is_table else []), *self._warnings),
            sender_failed=isinstance(self._content, VigoDocument) and self._content.sender_failed,
        )

    def _about_file(self, unused_columns: list[str]) -> list[str]:
        sentences = list(self._content.warnings)
        if self._content.encoding == "cp1252":
            sentences.insert(0, "Filen er ikke UTF-8. Den er lest som Windows-1252; se etter at æ, ø og å er riktige.")
        if unused_columns:
            sentences.append(f"Disse kolonnene brukes ikke: {listed(unused_columns)}.")
        if not self._seen:
            sentences.append("Filen har ingen rader: det er ingenting å ta inn.")
        return sentences


def _about_repeated(count: int, first: list[int]) -> str:
    if count == 1:
        return f"Rad {first[0]} er helt lik en tidligere rad og er regnet én gang."
    named = ", ".join(map(str, first)) + (" …" if count > len(first) else "")
    return f"{count} rader er helt like en tidligere rad og er regnet én gang (rad {named})."
