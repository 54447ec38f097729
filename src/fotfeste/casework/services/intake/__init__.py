"""
Deciding and recording for all who came in with an import, set by set (docs/adr/0013-imports-by-forms.md).

``plan_cases`` works out what the source means for each case; ``decide`` asks the law once for each form the facts take
and finds each youth's responsible unit; then people's own ``add_new`` and ``move_known`` write who they are and where
they belong; then ``record`` writes memberships, registrations, responsibilities and statuses. ``remarks`` are sentences
about what the file said that nobody knows.
"""

from fotfeste.casework.services.intake.deciding import decide
from fotfeste.casework.services.intake.effects import EFFECTS, Effect
from fotfeste.casework.services.intake.planning import plan_cases
from fotfeste.casework.services.intake.recording import record
from fotfeste.casework.services.intake.remarks import remarks
from fotfeste.casework.services.intake.turns import COUNTY_LOCK, wait_for_turn

__all__ = ["COUNTY_LOCK", "EFFECTS", "Effect", "decide", "plan_cases", "record", "remarks", "wait_for_turn"]
