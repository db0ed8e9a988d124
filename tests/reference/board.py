"""The board of the ServiceNow event log at three midnights, by a plain walk through its rows, with the standard library
alone: python3 tests/reference/board.py servicenow_incident_event_log.csv.gz"""

import collections
import csv
import datetime
import gzip
import statistics
import sys

DONE = {"Resolved", "Closed"}


def instant(text):
    return None if text in ("?", "") else datetime.datetime.strptime(text, "%d/%m/%Y %H:%M")


def tickets(path):
    events = collections.defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            dates = [instant(row[name]) for name in ("sys_updated_at", "opened_at", "resolved_at", "closed_at")]
            events[row["number"]].append((dates, row["incident_state"]))
    for rows in events.values():
        # Ties stay in the order of the file.
        yield sorted(rows, key=lambda row: row[0][0])


def on_hold_since(seen, opened):
    since = None
    for dates, state in seen:
        if not state.startswith("Awaiting"):
            since = None
        elif since is None:
            since = dates[0]
    return max(since, opened)


def board(all_tickets, at):
    counts, states, held = collections.Counter(), collections.Counter(), []
    for rows in all_tickets:
        (_, opened, resolved, closed), _ = rows[-1]
        end = resolved or closed
        if opened > at:
            continue
        seen = [row for row in rows if row[0][0] <= at] or rows[:1]
        state = seen[-1][1]
        states[state] += 1
        in_progress, on_board = end is None or end > at, state not in DONE
        counts["wip"] += in_progress
        counts["on_board"] += on_board
        counts["open_then"] += on_board and not in_progress
        if in_progress and not on_board:
            counts["ended_then"] += 1
            counts["reopened"] += any(s not in DONE for dates, s in rows if dates[0] > at)
        if state.startswith("Awaiting"):
            held.append((at - on_hold_since(seen, opened)).total_seconds())
    return dict(counts), dict(states), statistics.median(held)


if __name__ == "__main__":
    everything = list(tickets(sys.argv[1]))
    for month in (3, 4, 5):
        day = datetime.datetime(2016, month, 15)
        print(day.date(), *board(everything, day))
