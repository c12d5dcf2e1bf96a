"""The front door: chat in, Reply out."""
