"""The only writers of the catalogue, one module per noun; callers see one face."""

from motcua.procedures.completeness import FACTS, Completeness
from motcua.procedures.files import SHIPPED, CatalogueFaults, FileFault, completeness_of, document, faults_of
from motcua.procedures.services.comparing import differences
from motcua.procedures.services.importing import ImportRefused, Planned, apply_import, plan_import
from motcua.procedures.services.loading import effects_of_folder, load_catalogue
from motcua.procedures.services.overlays import OverlayRefused, make_overlay
from motcua.procedures.services.postings import PostingRefused, keep_photo, post_sheets, take_down_sheet
from motcua.procedures.services.printing import print_sheets
from motcua.procedures.services.proof import Answered, Effect, effects_of, register_answers
from motcua.procedures.services.publishing import digest, publish_version, retire_version
from motcua.procedures.services.synonyms import SynonymRefused, set_synonym, take_synonym_back

__all__ = [
    "FACTS",
    "SHIPPED",
    "Answered",
    "CatalogueFaults",
    "Completeness",
    "Effect",
    "FileFault",
    "ImportRefused",
    "OverlayRefused",
    "Planned",
    "PostingRefused",
    "SynonymRefused",
    "apply_import",
    "completeness_of",
    "differences",
    "digest",
    "document",
    "effects_of",
    "effects_of_folder",
    "faults_of",
    "keep_photo",
    "load_catalogue",
    "make_overlay",
    "plan_import",
    "post_sheets",
    "print_sheets",
    "publish_version",
    "register_answers",
    "retire_version",
    "set_synonym",
    "take_down_sheet",
    "take_synonym_back",
]
