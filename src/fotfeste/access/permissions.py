"""Every act the product knows, as one list."""

from enum import StrEnum


class Permission(StrEnum):
    """What a role may do. What it may *see* is decided by topics, grants and row policies."""

    HOME_VIEW = "home.view"
    DIRECTORY_VIEW = "directory.view"
    NAMED_CONTACT_EDIT = "named_contact.edit"
    YOUTH_SEARCH = "youth.search"
    YOUTH_OPEN = "youth.open"
    YOUTH_EDIT = "youth.edit"
    CONTACT_REGISTER = "contact.register"
    CONSENT_RECORD = "consent.record"
    JOURNAL_WRITE = "journal.write"
    STATUS_SET = "status.set"
    STATUS_CONFIRM = "status.confirm"
    FEEDBACK_SEND = "feedback.send"
    FEEDBACK_HANDLE = "feedback.handle"
    REGISTRATION_OPEN = "registration.open"
    RESPONSIBILITY_ASSIGN = "responsibility.assign"
    COUNSELLOR_ASSIGN = "counsellor.assign"
    WORKLIST_VIEW = "worklist.view"
    OTUK_VIEW = "otuk.view"
    OTUK_MAKE = "otuk.make"
    IMPORT_RUN = "import.run"
    MERGE_DECIDE = "merge.decide"
    FIGURES_VIEW = "figures.view"
    REPORT_MAKE = "report.make"
    ACCESS_MANAGE = "access.manage"
    AUDIT_READ = "audit.read"
