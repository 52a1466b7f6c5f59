"""What every page shares: layout, components, template tags, styles and scripts.

It knows no procedure and no dossier.
"""
