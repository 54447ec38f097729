"""
The least a Django site must do to show the same rows: the yardstick of the pages. FROZEN 2026-11-23.

Sessions are read from the database as a login would, CSRF middleware is on, rows come by the ORM, and a small template
writes them. No row policies, log, language, filters, counters or buttons. A slower yardstick makes no goal pass.
"""
