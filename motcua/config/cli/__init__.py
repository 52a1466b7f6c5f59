"""The `motcua` command: what can be typed, which module answers, and one sentence instead of a traceback.

Nouns: command (one module here each, with `run(options)`), trouble, exit code.
It does not: know how anything is done; a command calls the rooms' services and queries.
"""

import importlib
import os
import sys
from collections.abc import Sequence

import django

from motcua.config.cli import parser, troubles, words

NEEDS_NO_DATABASE = {"version"}
# A word of the language cannot name a module.
MODULES = {"import": "carrying"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one command line; the number is the exit code (0 done, 1 faults found, 2 wrong use, 3 cannot run)."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    words.speak(words.language(typed, os.environ))
    options = parser.build().parse_args(typed)
    try:
        return _answer(options.command, options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever reads our output has read enough: motcua catalogue check | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        sentence = troubles.sentence(error)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        return troubles.CANNOT_RUN


def _answer(command: str, options: parser.Options) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    if command not in NEEDS_NO_DATABASE:
        django.setup()
        words.speak_to_django()
    # Loaded by name, so that `motcua version` pays for nothing else and tables are imported after Django is ready.
    module = importlib.import_module(f"motcua.config.cli.{MODULES.get(command, command.replace('-', '_'))}")
    return int(module.run(options))
