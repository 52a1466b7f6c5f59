"""HTTP in, one query or service, HTTP out; the citizen's and the desk's pages in modules of their own."""
