"""The columns of a file of units, and the words for the kinds."""

from collections.abc import Mapping

from fotfeste.organisations.enums import UnitKind

COLUMNS = (
    "fylke", "type", "navn", "orgnr", "vigo_nr", "kode", "breddegrad", "lengdegrad", "privat", "tar_ansvar", "bydel",
    "nav_kode", "stengt_fra",
)  # fmt: skip
# Columns an older file may lack. It says nothing of them.
MAY_LACK = frozenset({"stengt_fra"})

# What a cell says of something that will not be after all.
NOT_AT_ALL = "nei"

KINDS: Mapping[str, tuple[UnitKind, UnitKind | None]] = {
    "vgs": (UnitKind.UPPER_SECONDARY, None),
    "ungdomsskole": (UnitKind.LOWER_SECONDARY, None),
    "kombinert": (UnitKind.UPPER_SECONDARY, UnitKind.LOWER_SECONDARY),
    "voksenopplæring": (UnitKind.ADULT_EDUCATION, None),
    "servicesenter": (UnitKind.SERVICE_CENTRE, None),
    "bydel": (UnitKind.DISTRICT, None),
    "nav": (UnitKind.NAV_OFFICE, None),
    "ot": (UnitKind.EDUCATION_ADMIN, None),
    "fagopplæring": (UnitKind.APPRENTICESHIP_DEPARTMENT, None),
    "institusjon": (UnitKind.INSTITUTION, None),
    "samarbeidspart": (UnitKind.OTHER, None),
}
