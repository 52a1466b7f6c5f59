"""What may be done with a difficulty, an answer, a document: plain functions and tables, one module per noun."""
