"""What must survive when things break: killed processes, full disks, lost answers, outside systems that hang.

Real processes of `motcua serve` on real files, pressed by clients; nothing here is imitated but the breaking itself.
`make faults` runs all of it at full length and prints the table; `make test` a short form.
"""
