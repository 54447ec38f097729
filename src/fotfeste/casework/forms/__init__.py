"""What users fill in about a case."""
