"""Reads of lists. What comes back is what the actor of the scope may see, and nothing else."""
