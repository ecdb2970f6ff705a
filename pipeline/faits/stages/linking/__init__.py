"""From mentions to claims, one concern a file."""
