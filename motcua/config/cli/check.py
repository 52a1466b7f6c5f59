"""`motcua check`: everything that must hold, tried; exit code 1 when something does not."""

import json

from django.utils import timezone

from motcua.config.checks import Finding, run_checks
from motcua.config.cli import troubles
from motcua.config.cli.parser import Options
from motcua.config.cli.words import _
from motcua.kernel import health, watch
from motcua.kernel.health import HelpContact
from motcua.kernel.matters import Matter

MARKS = {health.OK: "✓", health.WARNING: "!", health.FAULT: "✗"}


def run(options: Options) -> int:
    if options.invariants:
        return _look_at_every_matter(options)
    findings = run_checks()
    if options.json:
        print(json.dumps([_plain(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        contacts = health.contacts() if any(finding.name == "migrations" and finding.ok for finding in findings) else {}
        for finding in findings:
            print(" ".join(filter(None, [MARKS[finding.state], *_said(finding, contacts)])))
    faults = sum(not finding.ok for finding in findings)
    if faults and not options.json:
        print(_("What does not hold: {number}").format(number=faults))
    return troubles.FAULTS_FOUND if faults else 0


def _plain(finding: Finding) -> dict[str, str]:
    return {name: str(getattr(finding, name)) for name in Finding.__dataclass_fields__}


def _said(finding: Finding, contacts: dict[str, HelpContact]) -> list[str]:
    """What is, what to do, whom to call: by name where somebody has entered one."""
    contact = contacts.get(finding.call)
    if contact:
        whom = _("Call {name}, {phone}.").format(name=contact.name, phone=contact.phone)
    else:
        whom = {
            health.KEEPER: _("Call whoever looks after this machine."),
            health.SUPPORT: _("Call the province's technical support."),
        }.get(finding.call, "")
    return [str(finding.sentence), str(finding.advice), whom]


def _look_at_every_matter(options: Options) -> int:
    """The watch's whole round at once; what it finds is kept for the operator's page, too."""
    faults = watch.look_at_all(timezone.now())
    numbers = dict(Matter.objects.filter(pk__in={pk for pk, _kind in faults}).values_list("pk", "reference"))
    found = [{"matter": numbers[pk], "kind": kind, "sentence": str(watch.words_of(kind))} for pk, kind in faults]
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for each in found:
            print(f"✗ {each['matter']}: {each['sentence']}")
        print(
            _("Looked at: {looked}. What does not hold: {number}").format(
                looked=Matter.objects.count(), number=len(found)
            )
        )
    return troubles.FAULTS_FOUND if found else 0
