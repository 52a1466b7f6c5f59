"""Two levels see each other: what communes find hard goes up, answers and guidance come down, and nothing is left open.

Nouns: Difficulty (raised where it happens), Voice ("I meet it too"), Answer, Route (who answers for what), TimeLimit,
Guidance (an answer that stands at the step it is about), GuidingDocument; Visit (with Host, Check, Finding),
Conclusion, Task (what a paragraph asks for) and Directive (a task as one office has it).
It does not: handle a person's request (dossiers), say what a procedure asks (procedures), or combine rooms on a page
(portal). It points at a dossier by its Matter only, and shows nothing of it.
"""
