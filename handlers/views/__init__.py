"""Pure functions from frozen results to replies."""
