"""How a status looks: the tone of its chip follows the main group of the national list."""

from fotfeste import codes
from fotfeste.kernel.ui import Tone

_TONES = {1: Tone.UNKNOWN, 2: Tone.INFO, 3: Tone.OK, 4: Tone.NEUTRAL, 5: Tone.CLOSED}


def status_tone(code: str, list_name: str = codes.CURRENT) -> Tone:
    """Return the tone of a status; a code nobody knows wants a person."""
    group = codes.group_of(list_name, code)
    return _TONES.get(group.group, Tone.CLOSED) if group else Tone.ATTENTION
