"""Does the house keep its shape? Each file holds one promise of ARCHITECTURE.md and names where it is broken."""
