"""What is kept of working together on one youth."""

from fotfeste.collaboration.models.adaptations import RoutineChange
from fotfeste.collaboration.models.mapping import (
    ActorMap,
    ActorMark,
    AreaNote,
    EconomyNote,
    Mapping,
    SensitiveActorMark,
    SensitiveNote,
)
from fotfeste.collaboration.models.meeting_times import ProposalState, ProposedTime
from fotfeste.collaboration.models.meetings import Guest, Meeting, MeetingMail
from fotfeste.collaboration.models.minutes import ArchivedMinutes, Confirmation, Minutes, MinutesCopy, MinutesVersion
from fotfeste.collaboration.models.networks import NetworkMeeting
from fotfeste.collaboration.models.newcomers import NewcomerNotice
from fotfeste.collaboration.models.notes import SharedAttachment, SharedNote
from fotfeste.collaboration.models.plans import FollowUpPlan, PlanAgreement, PlanMeasure, PlanReview, PlanVersion
from fotfeste.collaboration.models.records import Record
from fotfeste.collaboration.models.routines import RoutineRun, StepRun
from fotfeste.collaboration.models.tasks import Task, TaskEvent
from fotfeste.collaboration.models.units import UnitRecord, UnitRun, UnitStep

__all__ = [
    "ActorMap",
    "ActorMark",
    "ArchivedMinutes",
    "AreaNote",
    "Confirmation",
    "EconomyNote",
    "FollowUpPlan",
    "Guest",
    "Mapping",
    "Meeting",
    "MeetingMail",
    "Minutes",
    "MinutesCopy",
    "MinutesVersion",
    "NetworkMeeting",
    "NewcomerNotice",
    "PlanAgreement",
    "PlanMeasure",
    "PlanReview",
    "PlanVersion",
    "ProposalState",
    "ProposedTime",
    "Record",
    "RoutineChange",
    "RoutineRun",
    "SensitiveActorMark",
    "SensitiveNote",
    "SharedAttachment",
    "SharedNote",
    "StepRun",
    "Task",
    "TaskEvent",
    "UnitRecord",
    "UnitRun",
    "UnitStep",
]
