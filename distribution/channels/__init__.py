"""Ways out: each channel turns a claimed delivery into a settlement, and knows nothing else."""
