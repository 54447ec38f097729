"""What is known about counties, units and the people named there. None of it is about a youth."""
