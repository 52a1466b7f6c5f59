"""Commands of the framework that this house does in its own way."""
