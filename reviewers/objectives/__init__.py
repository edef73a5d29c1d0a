"""What "best" means: the greatest total, fairness to every paper, or chance."""
