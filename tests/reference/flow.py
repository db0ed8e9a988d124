"""Flow metrics of tests/metrics_flow.rs and tests/metrics_flow_real.rs, computed with pandas, date by date and without
sharing any step with the core. Run: FLOWGAUGE_DATA=... python3 tests/reference/flow.py
"""

import os

import numpy as np
import pandas as pd

DAY = pd.Timedelta(days=1)
FAR = pd.Timestamp("2100-01-01")


def cumulative_flow(tickets, events, stage, dates):
    """tickets: o, res (NaT while open) by id. events: id, start, state in order. stage: state -> number; "done" states
    are those of stage None with done True. Answers reached by stage and moved back at the end of each date."""
    last = max(s for s in stage.values() if s != "done")
    reached = {s: [] for s in range(last + 2)}
    back = []
    by_id = {i: list(zip(g.start, g.state)) for i, g in events.groupby("id")}
    for date in dates:
        now = date + DAY - pd.Timedelta(seconds=1)
        counts, behind = [0] * (last + 2), 0
        for i, t in tickets.iterrows():
            if t.o > now:
                continue
            finished = pd.notna(t.res) and t.res <= now
            high = at = 0
            for start, state in by_id.get(i, []):
                if start > now or (pd.notna(t.res) and start >= t.res):
                    break
                s = stage.get(state)
                if s == "done":
                    high, here = last + 1, last + 1
                else:
                    at = at if s is None else s
                    here = at
                high = max(high, here)
            if finished:
                high = here = last + 1
            elif not by_id.get(i) or by_id[i][0][0] > now:
                here = high
            for s in range(last + 1):
                counts[s] += min(high, last) >= s
            counts[last + 1] += finished
            behind += here < high
        for s, n in enumerate(counts):
            reached[s].append(n)
        back.append(behind)
    return reached, back


def small():
    t0 = pd.Timestamp("2025-06-02")
    hours = {
        "a": [(0, "New"), (5, "Work"), (50, "New"), (80, "Work"), (100, "Done")],
        "b": [(3, "New"), (30, "Done"), (60, "New"), (75, "Hold"), (125, "Done")],
        "c": [(20, "New"), (26, "Hold"), (40, "Work"), (70, "Hold"), (90, "Work")],
        "d": [(24, "New"), (48, "Done")],
        "e": [(49, "Strange"), (73, "Work"), (74, "Strange"), (121, "New")],
    }
    rows = [(i, t0 + pd.Timedelta(hours=h), s) for i, steps in hours.items() for h, s in steps]
    events = pd.DataFrame(rows, columns=["id", "start", "state"])
    tickets = events.groupby("id").agg(o=("start", "first"), res=("start", "last"), state=("state", "last"))
    tickets.loc[tickets.state != "Done", "res"] = pd.NaT
    dates = pd.date_range(t0, periods=6)
    print("small", cumulative_flow(tickets, events, {"New": 0, "Work": 1, "Done": "done"}, dates))


def xmr(x):
    mr = np.abs(np.diff(x))
    return len(x), np.mean(x), mr.mean(), max(0, np.mean(x) - 2.660 * mr.mean()), np.mean(x) + 2.660 * mr.mean()


def weekly(tickets, first, last):
    mondays = pd.date_range(first, last, freq="7D")
    week = lambda s: s.dt.to_period("W-SUN").dt.start_time
    left = tickets[tickets.res.notna()]
    lead = (left.res - left.o).dt.total_seconds().groupby(week(left.res)).median().reindex(mondays).dropna()
    count = lambda s: week(s).value_counts().reindex(mondays, fill_value=0).to_numpy(float)
    print("arrivals", xmr(count(tickets.o)))
    print("departures", xmr(count(left.res)))
    print("lead", xmr(lead.to_numpy()))


def parts(tickets, spells, classes, people):
    e = spells.join(tickets, on="id")
    e = e[e.res.notna()]
    e["cls"] = e.state.map(classes)
    seconds = lambda since: (np.minimum(e.end.fillna(FAR), e.res) - np.maximum(e.start, since)).dt.total_seconds()
    e["whole"] = seconds(e.o)
    e["sec"] = seconds(e.started).clip(lower=0)
    e["part"] = np.where((e.cls == "active") & e.person.isna() & people, "queue", e.cls)
    n = (tickets.res.notna() & (tickets.started <= tickets.res)).sum()
    print("efficiency over", n, e[e.started <= e.res].groupby("part").sec.sum().to_dict())
    h = e[e.whole > 0]
    run = ((h.id != h.id.shift()) | (h.state != h.state.shift())).cumsum()
    h = h[h.cls == "hold"].groupby(run).agg(id=("id", "first"), state=("state", "first"), sec=("whole", "sum"))
    lead = (tickets.res - tickets.o).dt.total_seconds().sum()
    print("blocked", h.id.nunique(), len(h), h.sec.sum(), h.sec.median(), h.sec.sum() / lead)
    print(h.groupby("state").sec.agg(["count", "sum"]))


def servicenow(folder):
    d = pd.read_csv(f"{folder}/servicenow_incident_event_log.csv.gz", na_values="?", low_memory=False)
    for c in ["opened_at", "sys_updated_at", "resolved_at", "closed_at"]:
        d[c] = pd.to_datetime(d[c], format="%d/%m/%Y %H:%M")
    d = d.rename(columns={"number": "id", "incident_state": "state", "assigned_to": "person"})
    d = d.iloc[np.lexsort((np.arange(len(d)), d.sys_updated_at, d.id))]
    g = d.groupby("id")
    t = pd.DataFrame({"o": g.opened_at.first(), "res": g.resolved_at.last().fillna(g.closed_at.last())})
    # A state of "-100" says nothing: it stays as it was.
    d["state"] = d.state.where(d.state != "-100")
    d["state"] = d.groupby("id").state.ffill()
    d["start"] = np.maximum(d.sys_updated_at, d.id.map(t.o))
    d.loc[~d.id.duplicated(), "start"] = d.id.map(t.o)
    d["end"] = d.groupby("id").start.shift(-1)
    t["started"] = d[d.state == "Active"].groupby("id").start.min()
    for days in [("2016-02-29", "2017-02-17"), ("2016-03-01", "2017-02-17")]:
        for x in [t.o, t.res]:
            daily = x.dt.floor("D").value_counts().reindex(pd.date_range(*days), fill_value=0)
            print("dispersion", days, len(daily), daily.var() / daily.mean())
    for midnight in ["2016-03-15", "2016-04-15"]:
        m = t[(t.o <= midnight) & (t.res > midnight)]
        print("wip age", midnight, len(m), (pd.Timestamp(midnight) - m.o).dt.total_seconds().sum())
    weekly(t, "2016-02-29", "2017-02-06")
    hold = ["Awaiting User Info", "Awaiting Problem", "Awaiting Vendor", "Awaiting Evidence"]
    classes = {"New": "queue", "Active": "active", "Resolved": "done", "Closed": "done", **dict.fromkeys(hold, "hold")}
    parts(t, d[["id", "state", "person", "start", "end"]].copy(), classes, True)
    dates = pd.to_datetime(["2016-03-07", "2016-05-02", "2016-08-20"])
    stage = {"New": 0, "Active": 1, "Resolved": "done", "Closed": "done"}
    print("cfd", cumulative_flow(t, d[["id", "start", "state"]], stage, dates))


def jira(folder):
    d = pd.read_csv(f"{folder}/jira_changelog.csv.gz")
    d["created"] = pd.to_datetime(d.issue_created_date).dt.tz_localize(None).dt.floor("s")
    d["start"] = pd.to_datetime(d.status_change_date, format="ISO8601").dt.tz_localize(None).dt.floor("s")
    d = d.rename(columns={"issue_key": "id"})
    d = d.iloc[np.lexsort((np.arange(len(d)), d.start.fillna(FAR), d.id))]
    changes = d[d.start.notna()][["id", "start", "status_to_name"]].set_axis(["id", "start", "state"], axis=1)
    first = d.groupby("id").agg(start=("created", "first"), state=("status_from_name", "first")).reset_index()
    e = pd.concat([first, changes]).reset_index(drop=True)
    e = e.iloc[np.lexsort((e.index, e.start, e.id))]
    e["end"], e["person"] = e.groupby("id").start.shift(-1), np.nan
    done, cancelled = ["Deployed", "Accepted"], ["Can't Fix"]
    t = first.set_index("id")[["start"]].set_axis(["o"], axis=1)
    t["res"] = pd.NaT
    final = e.groupby("id").state.last()
    for i, g in e.groupby("id"):
        run = g[~g.state.isin(done)].index
        after = g.loc[g.index > run.max()] if len(run) else g
        if len(after):
            t.loc[i, "res"] = after.start.iloc[0]
    t["res"] = pd.to_datetime(t.res)
    active = ["In Progress", "Review", "In Preparation"]
    t["started"] = e[e.state.isin(active)].groupby("id").start.min()
    gone = final[final.isin(cancelled)].index
    print("tickets", len(t), "cancelled", len(gone), "finished", t.res.notna().sum())
    weekly(t, "2020-06-01", "2020-08-17")
    classes = {"To Do": "queue", "Prioritized": "queue", "Backlog": "queue", **dict.fromkeys(active, "active")}
    classes |= dict.fromkeys(done, "done") | dict.fromkeys(cancelled, "cancelled")
    parts(t.drop(gone), e[~e.id.isin(gone)].copy(), classes, False)
    stage = {"To Do": 0, "Prioritized": 1, "In Progress": 2, "Review": 3, **dict.fromkeys(done, "done")}
    dates = pd.to_datetime(["2020-06-15", "2020-07-20", "2020-08-24"])
    print("cfd", cumulative_flow(t.drop(gone), e[~e.id.isin(gone)], stage, dates))


small()
if "FLOWGAUGE_DATA" in os.environ:
    servicenow(os.environ["FLOWGAUGE_DATA"])
    jira(os.environ["FLOWGAUGE_DATA"])
