"""What is sent out of the house: one module for each return."""
