"""The import sources and the record they are all normalised to. Pure: no Django, no database, no files."""

from collections.abc import Mapping
from types import MappingProxyType

from fotfeste.integrations.sources import (
    enrolment,
    leavers,
    non_applicants,
    preventive,
    private_school,
    vigo_ot,
    without_place,
)
from fotfeste.integrations.sources.columns import Column, RowDefinition, Shape
from fotfeste.integrations.sources.enums import Protection
from fotfeste.integrations.sources.intake import INTAKE_FIELDS, IntakeRow

__all__ = ["INTAKE_FIELDS", "SOURCES", "Column", "IntakeRow", "Protection", "RowDefinition", "Shape"]

SOURCES: Mapping[str, RowDefinition] = MappingProxyType(
    {
        module.DEFINITION.source: module.DEFINITION
        for module in (vigo_ot, leavers, non_applicants, without_place, private_school, preventive, enrolment)
    }
)
"""Every source by the name the command line and the import desk use."""
