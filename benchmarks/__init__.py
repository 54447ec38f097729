"""Speed and memory, each measured against a limit found in the same run. Not part of the tests (see results.md)."""
