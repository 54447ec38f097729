"""``make bench``: every benchmark there is, one after the other."""

from benchmarks import intake, worklist

raise SystemExit(max([intake.main([]), worklist.main([])]))
