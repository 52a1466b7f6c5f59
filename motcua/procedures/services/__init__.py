"""The only writers of the catalogue, one module per noun; callers see one face."""

from motcua.procedures.files import SHIPPED, FileFault, document, faults_of
from motcua.procedures.services.comparing import differences
from motcua.procedures.services.loading import load_catalogue
from motcua.procedures.services.overlays import OverlayRefused, make_overlay
from motcua.procedures.services.publishing import digest, publish_version, retire_version
from motcua.procedures.services.synonyms import SynonymRefused, set_synonym, take_synonym_back

__all__ = [
    "SHIPPED",
    "FileFault",
    "OverlayRefused",
    "SynonymRefused",
    "differences",
    "digest",
    "document",
    "faults_of",
    "load_catalogue",
    "make_overlay",
    "publish_version",
    "retire_version",
    "set_synonym",
    "take_synonym_back",
]
