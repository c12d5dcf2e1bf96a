"""What the assistant does: one function a use case, one transaction each."""
