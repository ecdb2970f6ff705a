"""Proper names in running text: where they stand, what they name, which of them are one."""
