"""
The identity providers Norwegian public services log in through, and what each wants and promises.

A profile is one of these kinds with an installation's own values: where it is, which client we are there, which level
of assurance we ask for. There may be several of a kind, as when two employers each have their own Entra ID.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ClientAuth(StrEnum):
    """How we prove to the provider who we are."""

    PRIVATE_KEY_JWT = "private_key_jwt"
    SECRET_BASIC = "client_secret_basic"  # noqa: S105  the standard's word for a method
    SECRET_POST = "client_secret_post"  # noqa: S105


class Audience(StrEnum):
    """Whom a statement signed with our key is addressed to."""

    ISSUER = "issuer"
    TOKEN_ENDPOINT = "token_endpoint"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Level:
    """A level of assurance: the provider's word for it and ours."""

    value: str
    label: str | Promise


@dataclass(frozen=True, slots=True)
class Profile:
    """
    One identity provider as this installation uses it.

    :ivar subject_claim: the claim by which a person is known; ``pid`` is a national identity number.
    :ivar subject_space: whose numbering the claim is of; the issuer's own unless said. Two providers that vouch for the
        same numbers know the same people.
    :ivar assurance_claim: the claim that says how surely; a text or a list of texts.
    :ivar levels: the levels known, the weakest first. Another is good enough only when it is ``required``.
    :ivar required: the weakest level let in; empty lets all in.
    :ivar asks_by_claims: the level is asked for by the ``claims`` parameter and not by ``acr_values``.
    :ivar tells_login_time: its ID tokens say when the person last proved who they are, so that we can insist.
    :ivar names_itself_at_logout: its calls in the front channel say who calls.
    """

    kind: str
    label: str
    issuer: str = ""
    name: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    client_auth: ClientAuth = ClientAuth.SECRET_BASIC
    audience: Audience = Audience.ISSUER
    scope: str = "openid"
    subject_claim: str = "sub"
    subject_space: str = ""
    assurance_claim: str = "acr"
    levels: tuple[Level, ...] = ()
    required: str = ""
    asks_by_claims: bool = False
    tells_login_time: bool = False
    names_itself_at_logout: bool = True
    single_logout: bool = True

    def accepted(self) -> frozenset[str]:
        """Return the levels let in; empty when all are."""
        if not self.required:
            return frozenset()
        values = [level.value for level in self.levels]
        stronger = values[values.index(self.required) :] if self.required in values else []
        return frozenset({self.required, *stronger})

    def label_of(self, value: str) -> str:
        """Return our word for a level; the provider's own when we have none."""
        return next((str(level.label) for level in self.levels if level.value == value), value)


_SUBSTANTIAL, _HIGH = _("nivå betydelig"), _("nivå høyt")
_PID = "urn:fotfeste:pid"

# What is said about youths here is confidential, so the strictest level is the one that needs no asking for.
ID_PORTEN = Profile(
    kind="idporten",
    label="ID-porten",
    issuer="https://idporten.no",
    client_auth=ClientAuth.PRIVATE_KEY_JWT,
    subject_claim="pid",
    subject_space=_PID,
    levels=(
        Level("idporten-loa-low", _("nivå lavt")),
        Level("idporten-loa-substantial", _SUBSTANTIAL),
        Level("idporten-loa-high", _HIGH),
    ),
    required="idporten-loa-high",
    tells_login_time=True,
)
ANSATTPORTEN = replace(
    ID_PORTEN,
    kind="ansattporten",
    label="Ansattporten",
    issuer="https://ansattporten.no",
    levels=(Level("substantial", _SUBSTANTIAL), Level("high", _HIGH)),
    required="high",
)
# The issuer is the employer's own: https://login.microsoftonline.com/TENANT/v2.0. The level is an authentication
# context that the employer defines; c1 is the first of them and is usually the one that wants two factors.
ENTRA = Profile(
    kind="entra",
    label="Entra ID",
    client_auth=ClientAuth.SECRET_POST,
    audience=Audience.TOKEN_ENDPOINT,
    scope="openid profile",
    subject_claim="oid",
    assurance_claim="acrs",
    levels=(Level("c1", _("flere faktorer")),),
    required="c1",
    asks_by_claims=True,
    names_itself_at_logout=False,
)
FEIDE = Profile(
    kind="feide",
    label="Feide",
    issuer="https://auth.dataporten.no",
    levels=(
        Level("urn:mace:feide.no:auth:level:fad08:3", _("nivå 3, flere faktorer")),
        Level("urn:mace:feide.no:auth:level:fad08:4", _("nivå 4")),
    ),
    required="urn:mace:feide.no:auth:level:fad08:3",
)
# Any other provider that keeps to the standard; what it must vouch for is up to the one who sets it up.
OTHER = Profile(kind="oidc", label="", scope="openid profile")

KINDS = {profile.kind: profile for profile in (ID_PORTEN, ANSATTPORTEN, ENTRA, FEIDE, OTHER)}
