"""Pages in a real browser: what checks them (axe, the Nu HTML checker, their size), and the shared pages checked."""
