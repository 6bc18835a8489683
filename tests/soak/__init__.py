"""The fault campaign: proves that nothing typed on site is ever lost (assurance, section 3d).

`make soak` does it at its full counts and writes benchmarks/results/soak.txt and soak.json; the tests do it
at small ones (tests/integration/offline/test_faults.py, tests/browser/test_on_site_faults.py).

    device.py, journal.py, line.py   a simulated tablet: its outbox on the disk, and the wire
    browser/                         a tablet with the true client in Chromium, whose processes can be killed
    proxy.py                         the line between them: loses, cuts, hangs, slows, goes away
    server.py, ground.py             the portal as a process that can be killed, on a world of its own
    faults/                          what happens in one run of each fault
    invariants.py, standing.py, reading.py   what must hold after every run, over plain data
    campaign.py, report.py           runs, counts, the table
"""
