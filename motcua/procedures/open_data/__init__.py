"""The catalogue for machines: linked data, feeds, lists that stand on somebody else's page.

Nouns: graph (statements in Turtle), service (a procedure as other people's vocabularies name it), entry (a change in
a feed). It says what the catalogue says and leaves out what the catalogue does not know; it decides nothing.
"""
