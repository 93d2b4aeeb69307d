"""Looks for faults in a glossary and mends what is safe to mend."""
