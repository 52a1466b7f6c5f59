"""What a person at home goes through, made ready for pages: the form page by page, the device that may lose its line,
the sending, and what is asked and said afterwards.

Nouns: a *way* is pages one after the other over a draft; an *application* is one citizen's way through a procedure.
It draws no page (templates do), and writes only through services.
"""
