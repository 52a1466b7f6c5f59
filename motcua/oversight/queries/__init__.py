"""What is: difficulties and where they stand; one module per noun, one face."""

from motcua.oversight.queries.difficulties import PAGE, Listed, difficulties_listed

__all__ = ["PAGE", "Listed", "difficulties_listed"]
