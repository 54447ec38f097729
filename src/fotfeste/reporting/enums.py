from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportKind(TextChoices):
    """What a frozen status table was made for. The values are the specification's ids."""

    NATIONAL_NOV = "rep-national-nov", _("Nasjonal rapport høst (15. november)")
    NATIONAL_JUN = "rep-national-jun", _("Nasjonal rapport vår (15. juni)")
    INTERNAL = "rep-internal", _("Statusrapport til divisjonen")
    COUNTY_TABLE = "rep-county-table", _("Detaljert status per fylke")


class ReportReceiver(TextChoices):
    """Who a file with the status table is for: those it is reported to get it whole."""

    OTHERS = "andre", _("Andre: hvert tall avrundet til nærmeste fem")
    REPORTED_TO = "rapport", _("Den det rapporteres til: alle tall")


class ReportFormat(TextChoices):
    """The form a table is handed out in."""

    CSV = "csv", _("CSV (tekst)")
    XLSX = "xlsx", _("Regneark (XLSX)")
    JSON = "json", _("JSON med forklaringer")


class AgreementParty(TextChoices):
    """Who is party to the cooperation agreement."""

    UDE = "ude", _("Utdanningsetaten")
    NAV = "nav", _("Nav Oslo")
    UTD = "utd", _("Byrådsavdeling for utdanning")
    SET = "set", _("Byrådsavdeling for sosiale tjenester")


class DutyKept(TextChoices):
    """How the parties found that a duty of the agreement is kept."""

    KEPT = "kept", _("Holdes")
    PARTLY = "partly", _("Holdes delvis")
    NOT_KEPT = "not_kept", _("Holdes ikke")
    NOT_REVIEWED = "not_reviewed", _("Ikke gått gjennom")
