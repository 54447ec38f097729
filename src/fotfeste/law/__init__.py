"""The law as dated code: pure functions from facts and a day to a decision with its reasons.

No Django, no database, no clock, no settings. Old law stays, because old cases are judged by it.
"""
