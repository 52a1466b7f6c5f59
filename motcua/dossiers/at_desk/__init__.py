"""What officers and leaders see of dossiers, made ready for templates: one dossier, lists, the board, reports.

It reads only; what is done to a dossier is in acts and services.
"""
