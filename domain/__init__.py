"""What the assistant knows: pure rules, standard library only."""

import domain.quicklog  # noqa: F401 – names and the quick-log language lean on each other
