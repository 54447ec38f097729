"""What the sources call the school and the programme, besides the canonical headers."""

SCHOOL_ALIASES = ("skole orgnr", "skolens orgnr", "organisasjonsnummer", "orgnr", "skole organisasjonsnummer")
LAST_SCHOOL_ALIASES = ("siste skole", "siste skoles orgnr", "avgiverskole orgnr", "avgiverskole")
