"""What is known about cases. What the database returns inside an actor's scope is what the actor may see."""
