"""HTTP in, one query or service, HTTP out; public pages and the procedure manager's in modules of their own."""
