"""What the assistant knows: pure rules, standard library only."""
