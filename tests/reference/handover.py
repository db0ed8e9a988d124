"""Figures of tests/real_handover.rs, from the UCI incident log with pandas: python3 handover.py servicenow_incident_event_log.csv.gz"""

import sys

import numpy as np
import pandas as pd

CLASS = {"New": "queue", "Active": "active", "Resolved": "done", "Closed": "done"}

d = pd.read_csv(sys.argv[1], na_values="?", low_memory=False)
for column in ["opened_at", "sys_updated_at", "resolved_at", "closed_at"]:
    d[column] = pd.to_datetime(d[column], format="%d/%m/%Y %H:%M")
d["row"] = range(len(d))
d = d.sort_values(["number", "sys_updated_at", "sys_mod_count", "row"])
# -100 is no state: the ticket stays in the one before.
d["incident_state"] = d.incident_state.where(d.incident_state != "-100").groupby(d.number).ffill()
last = d.groupby("number").last()
final = d.groupby("number").tail(1).set_index("number")
opened = d.groupby("number").opened_at.first()
resolved = last.resolved_at.fillna(last.closed_at)
lead = (resolved - opened).dt.total_seconds().clip(lower=0)

state = d.incident_state.map(lambda s: CLASS.get(s, "hold"))
names = d.assignment_group.str.lower().str.split().str.join(" ")
d = pd.DataFrame({
    "number": d.number, "start": d.sys_updated_at, "class": state, "state": d.incident_state,
    "group": names, "who": d.assigned_to.str.lower().str.split().str.join(" "),
})
first = ~d.number.duplicated()
d.loc[first, "start"] = np.minimum(d.start[first], d.number[first].map(opened))
d["end"] = d.groupby("number").start.shift(-1)
d["end"] = np.minimum(d.end.fillna(pd.Timestamp.max), d.number.map(resolved))
d["queued"] = (d["class"] == "queue") | (d["class"].isin(["active"]) & d.who.isna())
d["seconds"] = (d.end - d.start).dt.total_seconds().clip(lower=0)

transfers = []
for number, t in d.groupby("number", sort=False):
    holder, sender, waiting, mine = None, None, False, []
    for group, queued, cls, seconds, start in zip(t.group, t.queued, t["class"], t.seconds, t.start):
        if isinstance(group, str) and group != holder:
            if holder is not None:
                if mine and group == mine[-1][0]:
                    mine[-1][3] = True
                mine.append([holder, group, 0.0, False, start])
                waiting = True
            holder = group
        if waiting:
            if queued:
                mine[-1][2] += seconds
            elif cls not in ("hold", "done"):
                waiting = False
    transfers += mine
h = pd.DataFrame(transfers, columns=["from", "to", "queued", "bounced", "at"])
print("handoffs", len(h))
edges = h.groupby(["from", "to"]).agg(
    count=("queued", "size"), queued=("queued", "sum"), median=("queued", "median"), mean=("queued", "mean"),
    bounce=("bounced", "mean"), weeks=("at", lambda a: a.dt.to_period("W-SUN").nunique()))
edges["share"] = edges.queued / lead.sum()
edges = edges.reset_index().sort_values(["count", "from", "to"], ascending=[False, True, True])
print(edges.head(8).to_string())
# Another block bootstrap of the means, with NumPy's own draws.
rng = np.random.default_rng(1)
for _, e in edges.head(3).iterrows():
    x = h[(h["from"] == e["from"]) & (h.to == e.to)]
    w = x.groupby(x["at"].dt.to_period("W-SUN")).queued.agg(["sum", "size"]).to_numpy()
    i = rng.integers(len(w), size=(20_000, len(w)))
    print("interval", e["from"], e.to, len(w), np.percentile(w[i, 0].sum(1) / w[i, 1].sum(1), [2.5, 97.5]))

until = d[d.start <= d.number.map(resolved) + pd.Timedelta(seconds=60)]
for what in ["who", "group"]:
    n = until.groupby("number")[what].nunique()
    print(what, "named", (n > 0).sum(), "one", (n == 1).sum(), "mean", n[n > 0].mean(), "two", (n == 2).sum(),
          "median lead of two", lead[n[n == 2].index].median())

for priority, t in [("all", final)] + list(final.groupby("priority")):
    print("made_sla", priority, int(t.made_sla.sum()), len(t))

print("queued hours", d[d.queued].assign(s=(d.end - np.maximum(d.start, d.number.map(opened))).dt.total_seconds().clip(lower=0)).s.sum() / 3600)

RANK = {"queue": 1, "active": 2}
steps, rework, active, tickets = {}, 0.0, 0.0, set()
for number, t in d.groupby("number", sort=False):
    been, flow, done, began = set(), None, None, None
    for s, cls, start, end in zip(t.state, t["class"], t.start, t.end):
        if cls == "done":
            done = s
            continue
        edge = None
        if done:
            edge, flow = (done, s), None
        elif flow and cls in RANK and flow[0] != s and s in been and RANK[cls] <= flow[1]:
            edge = (flow[0], s)
        done = None
        been.add(s)
        if cls in RANK:
            flow = (s, RANK[cls])
        if edge:
            steps[edge] = steps.get(edge, 0) + 1
            began = began or start
            tickets.add(number)
        if cls == "active":
            seconds = max(0.0, (end - max(start, opened[number])).total_seconds())
            active += seconds
            rework += seconds if began else 0.0
print("steps back", sum(steps.values()), "tickets", len(tickets), "rework", rework, "of", active)
print(sorted(steps.items(), key=lambda kv: -kv[1])[:8])
critical = final.priority == "1 - Critical"
print("critical within 4 h", (lead[critical] <= 4 * 3600).sum(), critical.sum(), "others within 5 days",
      (lead[~critical] <= 5 * 86400).sum(), (~critical).sum())
