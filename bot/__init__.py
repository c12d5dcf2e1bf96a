"""The top floor: starts and drives everything else."""
