"""The columns about the person that every table source shares."""

from datetime import date
from typing import Annotated

from fotfeste.integrations.sources import parse
from fotfeste.integrations.sources.columns import Column
from fotfeste.integrations.sources.enums import Protection


class PersonColumns:
    """Who a row is about and how they are reached. Only name and birth date must be known."""

    national_id: Annotated[
        str | None, Column("fødselsnummer", parse.identity_number, aliases=("fnr", "fødselsnr", "personnummer"))
    ]
    id_type: Annotated[str | None, Column("id_type", parse.identity_type, aliases=("nummertype", "id type"))]
    first_name: Annotated[
        str | None, Column("fornavn", parse.text, required=True, may_be_blank=True, aliases=("for- og mellomnavn",))
    ]
    last_name: Annotated[str, Column("etternavn", parse.text, required=True, aliases=("slektsnavn",))]
    born: Annotated[
        date, Column("fødselsdato", parse.norwegian_date, required=True, aliases=("født", "fdato", "fødselsdag"))
    ]
    email: Annotated[
        str | None, Column("e-post", parse.email, forgiving=True, aliases=("epostadresse", "mail", "e-mail"))
    ]
    phone: Annotated[
        str | None,
        Column(
            "mobil", parse.phone, forgiving=True, aliases=("mobilnr", "mobilnummer", "mobiltelefon", "telefon", "tlf")
        ),
    ]
    street: Annotated[
        str | None, Column("adresse", parse.text, forgiving=True, aliases=("gateadresse", "bostedsadresse"))
    ]
    postcode: Annotated[str | None, Column("postnummer", parse.postcode, forgiving=True, aliases=("postnr",))]
    city: Annotated[str | None, Column("poststed", parse.text, forgiving=True)]
    municipality: Annotated[
        str | None, Column("kommunenummer", parse.municipality, forgiving=True, aliases=("kommunenr", "knr"))
    ]
    district: Annotated[str | None, Column("bydel", parse.text, forgiving=True, aliases=("bydelsnummer", "bydelskode"))]
    lat: Annotated[float | None, Column("breddegrad", parse.latitude, forgiving=True, aliases=("lat", "latitude"))]
    lon: Annotated[
        float | None, Column("lengdegrad", parse.longitude, forgiving=True, aliases=("lon", "lng", "longitude"))
    ]
    stay_street: Annotated[
        str | None, Column("oppholdsadresse", parse.text, forgiving=True, aliases=("oppholdssted", "hybeladresse"))
    ]
    stay_municipality: Annotated[
        str | None, Column("oppholdskommune", parse.municipality, forgiving=True, aliases=("oppholdskommunenummer",))
    ]
    stay_district: Annotated[
        str | None, Column("oppholdsbydel", parse.text, forgiving=True, aliases=("bydel for opphold",))
    ]
    moved_in_on: Annotated[
        date | None,
        Column(
            "innflyttet",
            parse.norwegian_date,
            forgiving=True,
            aliases=("innflyttingsdato", "innflyttet dato", "flyttet til fylket"),
        ),
    ]
    institution: Annotated[
        str | None,
        Column("institusjon", parse.text, forgiving=True, aliases=("institusjonsadresse", "barnevernsinstitusjon")),
    ]
    institution_municipality: Annotated[
        str | None, Column("institusjon_kommune", parse.municipality, forgiving=True, aliases=("institusjonskommune",))
    ]
    institution_lat: Annotated[float | None, Column("institusjon_breddegrad", parse.latitude, forgiving=True)]
    institution_lon: Annotated[float | None, Column("institusjon_lengdegrad", parse.longitude, forgiving=True)]
    protection: Annotated[
        Protection | None, Column("adressebeskyttelse", parse.protection, aliases=("adressesperre", "gradering"))
    ]
    guardian_name: Annotated[
        str | None, Column("foresatt_navn", parse.text, forgiving=True, aliases=("foresatt", "foresattes navn"))
    ]
    guardian_phone: Annotated[
        str | None, Column("foresatt_mobil", parse.phone, forgiving=True, aliases=("foresattes mobil", "foresatt tlf"))
    ]
