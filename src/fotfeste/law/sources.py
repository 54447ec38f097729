"""Every provision and document the rules rest on, with the days it is in force and how surely it was read.

Read in the consolidated text published as open data by Lovdata (NLOD 2.0), 2 July 2026, unless the note says otherwise.
Look the provision up before printing it as a quotation.
"""

from dataclasses import dataclass
from datetime import date

from fotfeste.spec import implements

implements("amb-09")


@dataclass(frozen=True, slots=True)
class Source:
    """A provision in an act or regulation, or a chapter of an agreement."""

    id: str
    document: str
    paragraph: str
    title: str
    first_day: date | None = None
    last_day: date | None = None
    note: str = ""

    @property
    def citation(self) -> str:
        """Return the source as a user reads it: "opplæringslova § 9-4"."""
        return f"{self.document} {self.paragraph}".strip()

    def is_in_force_on(self, day: date) -> bool:
        """Return whether the provision is in force on ``day``; an open end counts as in force."""
        return (self.first_day is None or self.first_day <= day) and (self.last_day is None or day <= self.last_day)


NEW_ACT = date(2024, 8, 1)
LAST_DAY_OF_OLD_ACT = date(2024, 7, 31)
OLD_CHAPTER_13 = date(2012, 2, 1)

_ACT = "opplæringslova"
_OLD_ACT = "opplæringslova 1998"
_REGULATION = "opplæringsforskrifta"
_OLD_REGULATION = "forskrift til opplæringslova 2006"
_AGREEMENT = "Samarbeidsavtalen Oslo kommune–Nav Oslo 2025"
_STANDARD = "Oslostandard for Oppfølgingstjenesten 2025"

# ------------------------------------------------------------------ opplæringslova, LOV-2023-06-09-30
OPPL_2023_5_1 = Source("oppl-2023-5-1", _ACT, "§ 5-1", "Rett til videregående opplæring", NEW_ACT)
OPPL_2023_5_6 = Source("oppl-2023-5-6", _ACT, "§ 5-6", "Rett til læreplass eller alternativt Vg3-tilbud", NEW_ACT)
OPPL_2023_5_9 = Source("oppl-2023-5-9", _ACT, "§ 5-9", "Vilkår om lovlig opphold", NEW_ACT)
OPPL_2023_9_4 = Source("oppl-2023-9-4", _ACT, "§ 9-4", "Oppfølgingstjeneste", NEW_ACT)
OPPL_2023_13_1 = Source("oppl-2023-13-1", _ACT, "§ 13-1", "Bortvisning i videregående opplæring", NEW_ACT)
OPPL_2023_18_3 = Source("oppl-2023-18-3", _ACT, "§ 18-3", "Videregående opplæring for voksne", NEW_ACT)
OPPL_2023_18_4 = Source(
    "oppl-2023-18-4",
    _ACT,
    "§ 18-4",
    "Rett til yrkesfaglig rekvalifisering",
    NEW_ACT,
    note="gives one new vocational final competence; the agreement describes a wider right than the Act",
)
OPPL_2023_24_1 = Source(
    "oppl-2023-24-1",
    _ACT,
    "§ 24-1",
    "Samarbeid med andre tjenester",
    NEW_ACT,
    note="names school and educational-psychological service; the service's own duty is § 9-4",
)
OPPL_2023_24_5 = Source("oppl-2023-24-5", _ACT, "§ 24-5", "Eleven bestemmer selv fra 15 år", NEW_ACT)
OPPL_2023_25_1 = Source("oppl-2023-25-1", _ACT, "§ 25-1", "Behandling av personopplysninger", NEW_ACT)

# ------------------------------------------------------------------ opplæringsforskrifta, FOR-2024-06-03-900
FOR_2024_8_3 = Source("for-2024-8-3", _REGULATION, "§ 8-3", "Oppgavene til oppfølgingstjenesten", NEW_ACT)
FOR_2024_4_3 = Source("for-2024-4-3", _REGULATION, "§§ 4-3 og 5-2", "Rett til mer opplæring", NEW_ACT)
FOR_2024_19_2 = Source("for-2024-19-2", _REGULATION, "§ 19-2", "Opplysninger til Utdanningsdirektoratet", NEW_ACT)
FOR_2024_20_2 = Source("for-2024-20-2", _REGULATION, "§ 20-2", "Tilgangsstyring", NEW_ACT)

# ------------------------------------------------------------------ confidentiality, privacy and parents
FVL_1967_13A = Source("fvl-1967-13a", "forvaltningsloven", "§ 13 a nr. 1", "Samtykke fra den taushetsplikten verner")
FVL_1967_13B = Source(
    "fvl-1967-13b", "forvaltningsloven", "§ 13 b nr. 2 og 5", "Deling etter formålet og for egne oppgaver"
)
FVL_1967_13B_7 = Source("fvl-1967-13b-7", "forvaltningsloven", "§ 13 b nr. 7", "Fare for liv eller helse")
NAV_15A = Source("nav-15a", "Nav-loven", "§ 15 a", "Samarbeid med andre tjenester", date(2022, 8, 1))
BL_1981_32 = Source("bl-1981-32", "barnelova", "§ 32", "Barn over 15 år bestemmer om utdanning")
BL_1981_47 = Source("bl-1981-47", "barnelova", "§ 47", "Foreldres rett til opplysninger om barnet")
GDPR_6_1_C = Source(
    "gdpr-6-1-c",
    "personvernforordningen",
    "art. 6 nr. 1 c",
    "Nødvendig for en rettslig forpliktelse",
    date(2018, 7, 20),
)
GDPR_6_1_E = Source(
    "gdpr-6-1-e", "personvernforordningen", "art. 6 nr. 1 e", "Nødvendig for en oppgave i lov", date(2018, 7, 20)
)
GDPR_9_2_G = Source(
    "gdpr-9-2-g", "personvernforordningen", "art. 9 nr. 2 g", "Viktige allmenne interesser", date(2018, 7, 20)
)
GDPR_15 = Source("gdpr-15", "personvernforordningen", "art. 15", "Innsyn", date(2018, 7, 20))
GDPR_32 = Source("gdpr-32", "personvernforordningen", "art. 32", "Sikkerhet", date(2018, 7, 20))
GDPR_39 = Source("gdpr-39", "personvernforordningen", "art. 39", "Personvernombudets oppgaver", date(2018, 7, 20))
GDPR_15_4 = Source("gdpr-15-4", "personvernforordningen", "art. 15 nr. 4", "Hensynet til andre", date(2018, 7, 20))
FVL_1967_13 = Source("fvl-1967-13", "forvaltningsloven", "§ 13", "Taushetsplikt om personlige forhold")
POL_16 = Source(
    "pol-16", "personopplysningsloven", "§ 16", "Unntak fra retten til informasjon og innsyn", date(2018, 7, 20)
)
POL_12 = Source("pol-12", "personopplysningsloven", "§ 12", "Bruk av identitetsnummer", date(2018, 7, 20))
GDPR_5_1_E = Source("gdpr-5-1-e", "personvernforordningen", "art. 5 nr. 1 e", "Lagringsbegrensning", date(2018, 7, 20))
GDPR_17_3 = Source(
    "gdpr-17-3", "personvernforordningen", "art. 17 nr. 3 b og d", "Unntak fra sletting", date(2018, 7, 20)
)
NEW_ARCHIVE_ACT = date(2026, 1, 1)
ARCHIVE_5 = Source("arkl-2025-5", "arkivlova", "§ 5", "Dokumentasjonsplikt", NEW_ARCHIVE_ACT)
ARCHIVE_13 = Source("arkl-2025-13", "arkivlova", "§ 13", "Kassasjon etter sletteplikt i annen lov", NEW_ARCHIVE_ACT)
ARCHIVE_REGULATION_3 = Source(
    "arkf-2025-3", "arkivforskrifta", "§ 3", "Organet fastsetter bevaringstid", NEW_ARCHIVE_ACT
)
ARCHIVE_REGULATION_5 = Source(
    "arkf-2025-5", "arkivforskrifta", "§ 5", "Krav til systemer, også kontrollert kassasjon", NEW_ARCHIVE_ACT
)

# ------------------------------------------------------------------ before 1 August 2024
OPPL_1998_3_1 = Source(
    "oppl-1998-3-1",
    _OLD_ACT,
    "§ 3-1",
    "Rett til videregående opplæring for ungdom",
    last_day=LAST_DAY_OF_OLD_ACT,
    note="the older right with its five-year limit is not computed; paragraph number from general knowledge",
)
OPPL_1998_3_6 = Source(
    "oppl-1998-3-6",
    _OLD_ACT,
    "§ 3-6",
    "Oppfølgingstjeneste",
    last_day=LAST_DAY_OF_OLD_ACT,
    note="to and including the year one turns 21; also those who had lost the right under § 4-6",
)
FOR_2006_13_2 = Source(
    "for-2006-13-2",
    _OLD_REGULATION,
    "§ 13-2",
    "Målgruppen for oppfølgingstjenesten",
    OLD_CHAPTER_13,
    LAST_DAY_OF_OLD_ACT,
    note="the wording in force from 1 February 2012",
)

# ------------------------------------------------------------------ Nav
YOUTH_GUARANTEE = Source(
    "for-2023-1073-4",
    "forskrift 20.6.2023 nr. 1073",
    "kapittel 4 (§§ 4-1 til 4-4)",
    "Ungdomsgaranti",
    date(2023, 7, 1),
    note="§ 4-1 changed 1 August 2025",
)
NAV_14A = Source("nav-14a", "Nav-loven", "§ 14 a", "Vurdering av behovet for bistand", date(2010, 2, 1))
JOBSEEKER = Source("aml-2004-10", "arbeidsmarkedsloven", "§ 10", "Registrering som arbeidssøker")
UDIR_CODES = Source(
    "udir-ot-codes",
    "Utdanningsdirektoratet, kodeverk for OT",
    "",
    "Regler for bruk av statuskodene",
    date(2011, 9, 15),
    note="the copy that was read breaks off after the rules for OTUK",
)
UDIR_CODES_2011 = Source(
    "ot-table-2011",
    "Kunnskapsdepartementet, OT-tabell per 1.1.2011",
    "merknad",
    "Registrert, men ikke i målgruppen",
)

# ------------------------------------------------------------------ Oslo: agreement and standard of 2025
AGREEMENT_1 = Source("avt-2025-1", _AGREEMENT, "kap. 1 og 2", "Formål og målgruppe")
AGREEMENT_2 = Source("avt-2025-2", _AGREEMENT, "kap. 2", "Oppfølging av unge i målgruppen")
AGREEMENT_3 = Source("avt-2025-3", _AGREEMENT, "kap. 3", "Organisering og ansvar")
AGREEMENT_4 = Source("avt-2025-4", _AGREEMENT, "kap. 4", "Partenes ansvar for unge i målgruppen")
AGREEMENT_5 = Source("avt-2025-5", _AGREEMENT, "kap. 5", "Unge som ikke er omfattet av OT")
STANDARD_2 = Source("std-2025-2", _STANDARD, "kap. 2", "Målgruppe og målsettinger")
STANDARD_4 = Source("std-2025-4", _STANDARD, "kap. 4", "Partenes ansvar")
STANDARD_6_1 = Source("std-2025-6-1", _STANDARD, "kap. 6.1", "Elever")
STANDARD_6_2 = Source("std-2025-6-2", _STANDARD, "kap. 6.2", "Lærlinger og lærekandidater")
STANDARD_6_3 = Source("std-2025-6-3", _STANDARD, "kap. 6.3", "Ungdom utenfor opplæring")
STANDARD_6_4 = Source("std-2025-6-4", _STANDARD, "kap. 6.4", "Deltakere i voksenopplæring")
STANDARD_7 = Source("std-2025-7", _STANDARD, "kap. 7", "Mer opplæring")
STANDARD_8 = Source("std-2025-8", _STANDARD, "kap. 8", "Unge som ikke er omfattet av OT")

# ------------------------------------------------------------------ history
FOLLOW_UP_PROJECT_2011 = Source(
    "project-2011", "Kunnskapsdepartementet, Oppfølgingsprosjektet", "", "Målgrupper og tiltak i Ny GIV"
)
AFI_2015 = Source("afi-2015", "AFI-rapport 2015 om Nav og OT", "kap. 2.2", "Målgrupper i eldre fylkesavtaler")

OWN_READING = Source("own-reading", "Egen lesning", "", "Kildene sier det ikke", note="a proposed reading, a setting")

ALL: dict[str, Source] = {value.id: value for value in list(globals().values()) if isinstance(value, Source)}


def by_id(source_id: str) -> Source:
    """
    Return the source with this id.

    :raises KeyError: there is no such source.
    """
    return ALL[source_id]
