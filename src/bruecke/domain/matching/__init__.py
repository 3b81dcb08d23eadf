"""The heart: who fits what, why, and in which order."""
