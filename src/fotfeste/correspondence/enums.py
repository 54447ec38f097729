"""The closed vocabulary of what is sent out."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NoticeKind(TextChoices):
    """What a unit is told or asked. Never anything about a youth."""

    PRIVATE_SCHOOL_REPORT = "private_school_report", _("Påminnelse om meldingen i september")
    ROLE_REVIEW = "role_review", _("Påminnelse om å gå gjennom hvem som har tilgang")


class NoticeState(TextChoices):
    """How far a notice has come."""

    WAITING = "waiting", _("Sendes")
    SENT = "sent", _("Sendt")
    FAILED = "failed", _("Ikke sendt")


class LetterKind(TextChoices):
    """What a youth is written to about."""

    NON_APPLICANT = "non_applicant", _("Brev til ikke-søkere")
    RIGHTS = "rights", _("Rettighetene dine, til nye")
    REMINDER = "reminder", _("Påminnelse om å svare")
    INVITATION = "invitation", _("Innkalling")
    CONSENT_COPY = "consent_copy", _("Kopi av samtykke")
    PLAN_COPY = "plan_copy", _("Kopi av plan")


#: Letters that one youth gets of what was just done, by whoever did it. No other approves them.
ONE_BY_ONE = frozenset({LetterKind.INVITATION, LetterKind.CONSENT_COPY, LetterKind.PLAN_COPY})


class LetterLanguage(TextChoices):
    """What a letter is written in."""

    BOKMAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")
    ENGLISH = "en", _("Engelsk")


class MailingState(TextChoices):
    """How far a mailing has come."""

    PREPARED = "prepared", _("Klar til godkjenning")
    SENDING = "sending", _("Sendes")
    SENT = "sent", _("Sendt")
    WITHDRAWN = "withdrawn", _("Trukket tilbake")
    NOBODY = "nobody", _("Ingen å skrive til")


class Receiver(TextChoices):
    """Whom a letter goes to."""

    YOUTH = "youth", _("Ungdommen")
    GUARDIAN = "guardian", _("Foresatt")


class LetterState(TextChoices):
    """How far one letter has come. Handed over is neither sent nor not sent until the carrier has answered."""

    WAITING = "waiting", _("Venter")
    HANDED = "handed", _("Overlevert")
    SENT = "sent", _("Sendt")
    FAILED = "failed", _("Ikke sendt")
    NO_ADDRESS = "no_address", _("Mangler adresse")
    OWN_CHANNEL = "own_channel", _("Eget spor")
    RETURNED = "returned", _("Kommet i retur")
    WITHDRAWN = "withdrawn", _("Trukket tilbake")


#: What a letter that never reached anybody stands as; another may be sent.
NEVER_CAME = (LetterState.WITHDRAWN, LetterState.NO_ADDRESS, LetterState.RETURNED)


class LetterChannel(TextChoices):
    """How a letter goes."""

    PAPER = "paper", _("Papirpost")
    DIGITAL = "digital", _("Digital post")


class ReturnReason(TextChoices):
    """Why a letter came back."""

    UNKNOWN_THERE = "unknown_there", _("Ukjent på adressen")
    MOVED = "moved", _("Flyttet")
    WRONG_ADDRESS = "wrong_address", _("Feil eller mangelfull adresse")
    NOT_COLLECTED = "not_collected", _("Ikke hentet")


class ReplyCategory(TextChoices):
    """What the youth answers to doing now. Never in words of their own."""

    JOB = "job", _("Jobber")
    EDUCATION = "education", _("Går på en annen utdanning")
    APPLIES = "applies", _("Søker likevel")
    MILITARY = "military", _("Er i militæret")
    ABROAD = "abroad", _("Er i utlandet")
    WANTS_HELP = "wants_help", _("Vil ha hjelp")
    WANTS_NO_HELP = "wants_no_help", _("Vil ikke ha hjelp")
    OTHER = "other", _("Gjør noe annet")


class ReplyState(TextChoices):
    """What the unit has made of an answer."""

    WAITING = "waiting", _("Må bekreftes")
    CONFIRMED = "confirmed", _("Bekreftet")
    REJECTED = "rejected", _("Stemte ikke")
