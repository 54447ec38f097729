"""The closed vocabularies an import row is normalised to."""

from enum import StrEnum


class EnrolmentKind(StrEnum):
    """What kind of education a row of school history speaks of."""

    PUPIL = "pupil"
    APPRENTICE = "apprentice"
    TRAINING_CANDIDATE = "training_candidate"
    PRACTICE_CANDIDATE = "practice_candidate"
    ADULT_VOV = "adult_vov"
    ADULT_VOCATIONAL = "adult_vocational"
    ADULT_FOV = "adult_fov"
    PREPARATORY = "preparatory"
    COMPULSORY = "compulsory"


class Protection(StrEnum):
    """Grade of address protection (adressebeskyttelse)."""

    NONE = "none"
    CONFIDENTIAL = "confidential"
    STRICTLY_CONFIDENTIAL = "strictly_confidential"
