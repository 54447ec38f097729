"""
Deciding and recording for all who came in with an import, set by set (docs/adr/0008).

``decide`` asks the law once for each form the facts take and finds each youth's responsible unit; then people's own
``store`` writes who they are; then ``record`` writes memberships, registrations, responsibilities and statuses.
"""

from fotfeste.casework.services.intake.deciding import decide
from fotfeste.casework.services.intake.effects import EFFECTS, Effect
from fotfeste.casework.services.intake.recording import record

__all__ = ["EFFECTS", "Effect", "decide", "record"]
