"""Who reads what: flowgauge, PapaParse, DuckDB and CleverCSV on one clean table and its pollutions, nobody told anything.

    python compare.py FLOWGAUGE [--markdown PATH]

A table of tickets is written in many ways that real exports are written in. A reader has read it right when it gives the
header and every cell of the clean table, in order; blanks around a cell do not matter. The table is made from a seed, so
that the same table is compared every time.
"""

import argparse
import csv
import io
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
HEADER = ["Number", "Opened", "Resolved", "State", "Group", "Priority", "Short description"]
ROWS = 120


def clean_table():
    """The table that every pollution hides: cells with commas, quotes, newlines, umlauts; some empty."""
    draw = random.Random(7)
    subjects = [
        "Printer on floor 3, left wing, is down",
        'He said "it is slow" again',
        "VPN; tokens; phones",
        "Überprüfung der Ansprüche für Müller",
        "",
        "Line one\nline two",
        "Mail bounces",
        "Cannot log in since 10:30",
    ]
    rows = []
    for n in range(ROWS):
        day, hour = 1 + n % 28, draw.randrange(24)
        opened = f"2025-{1 + n // 28:02}-{day:02} {hour:02}:{draw.randrange(60):02}:00"
        resolved = "" if n % 9 == 0 else f"2025-{2 + n // 28:02}-{day:02} {hour:02}:30:00"
        rows.append([
            f"INC{10_000 + n}", opened, resolved, draw.choice(["New", "In Progress", "Closed"]),
            draw.choice(["Network", "Service Desk", "Müller & Söhne"]), draw.choice(["1 - Critical", "3 - Moderate"]),
            draw.choice(subjects),
        ])
    return rows


def text_of(rows, delimiter=",", quote='"', escape=None, line="\r\n", every=False, header=True):
    """The table as delimited text."""
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=delimiter, quotechar=quote, doublequote=escape is None, escapechar=escape,
        quoting=csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL, lineterminator=line,
    )
    if header:
        writer.writerow(HEADER)
    writer.writerows(rows)
    return out.getvalue()


def single_line(rows):
    return [[cell.replace("\n", " ") for cell in row] for row in rows]


def wrapped_again(text):
    return "".join('"' + line.replace('"', '""') + '"\r\n' for line in text.split("\r\n") if line)


def pollutions():
    """Name, bytes, and the table that they hold."""
    rows = clean_table()
    flat = single_line(rows)
    base = text_of(rows)
    lines = text_of(flat)

    def case(name, text, table=rows, encoding="utf-8"):
        # Without a table it is open what is right: what a reader makes of it is shown, not judged.
        return name, text if isinstance(text, bytes) else text.encode(encoding), table and [HEADER, *table]

    yield case("as it should be", base)
    yield case("byte order mark", base, encoding="utf-8-sig")
    yield case("semicolons", text_of(rows, ";"))
    yield case("tabs", text_of(rows, "\t"))
    yield case("vertical bars", text_of(rows, "|"))
    yield case("tildes", text_of(rows, "~"))
    yield case("single quotes", text_of(rows, quote="'"))
    yield case("backslash escapes", text_of(rows, escape="\\"))
    yield case("every cell quoted", text_of(rows, every=True))
    yield case("LF", text_of(rows, line="\n"))
    yield case("CR", text_of(flat, line="\r"), flat)
    mixed = "".join(part + ("\n" if n % 3 else "\r\n") for n, part in enumerate(lines.split("\r\n")) if part)
    yield case("line ends mixed", mixed, flat)
    yield case("sep= line", "sep=;\r\n" + text_of(rows, ";"))
    yield case("title above the header", "Incidents of the first quarter\r\n" + base)
    yield case("three lines above", "Report: Incidents\r\nGenerated on 2025-06-01, by the service desk\r\n\r\n" + base)
    yield case("totals below", base + f"Total,,,,,,{ROWS}\r\n")
    yield case("trailing delimiter", "".join(f"{line},\r\n" for line in lines.split("\r\n") if line), flat)
    pieces = lines.split("\r\n")
    ragged = [part + (",extra" if n == 40 else "") for n, part in enumerate(pieces)]
    yield case("an extra cell in one row", "\r\n".join(ragged), flat)
    short = "".join(part.rstrip(",") + "\r\n" for part in pieces if part)
    yield case("empty cells at the end left out", short, flat)
    yield case("blank lines between", "\r\n\r\n".join(pieces), flat)
    yield case("a blank after each comma", text_of(rows, every=True).replace('","', '", "'))
    yield case("each record quoted again", wrapped_again(lines), flat)
    repeated = "\r\n".join([*pieces[:60], pieces[0], *pieces[60:]])
    yield case("header once more in the middle", repeated, flat)
    yield case("an unclosed quote", lines.replace("Mail bounces", '"Mail bounces', 1), None)
    yield case("windows-1252", base, encoding="windows-1252")
    yield case("Mac Roman", base, encoding="mac_roman")
    yield case("UTF-16 with mark, tabs", text_of(rows, "\t"), encoding="utf-16")
    yield case("UTF-16 without mark", text_of(rows, "\t"), encoding="utf-16-le")
    late = [[*row[:4], row[4].replace("ü", "u").replace("ö", "o"), row[5], "plain"] for row in rows]
    late = [[f"{row[0]}-{turn}", *row[1:]] for turn in range(80) for row in late]
    late[-1][6] = "Grüße"
    yield case("windows-1252, first sign of it at the end", text_of(late), late, "windows-1252")
    yield case("NUL in a cell", lines.replace("Mail bounces", "Mail\0bounces").encode(), None)


def same(found, wanted):
    """Whether a reader's rows are the table: the header, then the same cells in the same order, and nothing more.

    Blanks around a cell do not matter, nor cells beyond the table's width that are empty or the one that was added, nor
    whether cells left out at the end of a row are there as empty ones.
    """
    width = len(HEADER)

    def tidy(row):
        row = [("" if cell is None else str(cell)).strip().replace("\r\n", "\n") for cell in row]
        return row[:width] + [""] * (width - len(row)), row[width:]

    rows = [tidy(row) for row in found if any(cell not in (None, "") for cell in row)]
    beyond = [cell for _, more in rows[1:] for cell in more if cell]
    return [row for row, _ in rows] == [tidy(row)[0] for row in wanted] and beyond in ([], ["extra"])


def by_flowgauge(program, paths):
    for path in paths:
        run = subprocess.run([program, "table", str(path), "--csv", "-"], capture_output=True, check=False)
        if run.returncode:
            yield {"error": run.stderr.decode(errors="replace").strip()}
        else:
            yield {"rows": list(csv.reader(io.StringIO(run.stdout.decode("utf-8", errors="replace").replace("\0", ""), newline="")))}


def by_papaparse(paths):
    feed = "".join(f"{path}\n" for path in paths)
    run = subprocess.run(["node", str(HERE / "papa.mjs")], input=feed, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def by_duckdb(paths):
    import duckdb

    for path in paths:
        try:
            result = duckdb.sql(f"SELECT * FROM read_csv('{path}', all_varchar = true)")
            yield {"rows": [result.columns, *result.fetchall()]}
        except (duckdb.Error, UnicodeDecodeError) as error:
            yield {"error": str(error).splitlines()[0]}


def by_clevercsv(paths):
    import clevercsv

    for path in paths:
        try:
            yield {"rows": clevercsv.read_table(str(path))}
        except Exception as error:  # whatever it throws is its answer
            yield {"error": f"{type(error).__name__}: {error}"}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("flowgauge")
    arguments.add_argument("--markdown", type=Path, help="write the table here as well")
    arguments.add_argument("--keep", type=Path, help="write the polluted files into this folder")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = chosen.keep or Path(folder)
        folder.mkdir(exist_ok=True)
        cases = list(pollutions())
        paths = []
        for n, (_, data, _) in enumerate(cases):
            paths.append(folder / f"{n:02}.csv")
            paths[-1].write_bytes(data)
        answers = {
            "flowgauge": list(by_flowgauge(chosen.flowgauge, paths)),
            "PapaParse": list(by_papaparse(paths)),
            "DuckDB": list(by_duckdb(paths)),
            "CleverCSV": list(by_clevercsv(paths)),
        }
    lines = ["| written as | " + " | ".join(answers) + " |", "|---|" + "---|" * len(answers)]
    right = dict.fromkeys(answers, 0)
    counted = 0
    for n, (name, _, wanted) in enumerate(cases):
        cells = []
        for reader, given in answers.items():
            answer = given[n]
            if wanted is None:
                word = "refuses" if "error" in answer else f"{len(answer['rows']) - 1} rows"
            elif "rows" in answer and "error" not in answer and same(answer["rows"], wanted):
                word, right[reader] = "right", right[reader] + 1
            elif "error" in answer:
                word = "refuses"
            else:
                word = "wrong"
            cells.append(word)
        counted += wanted is not None
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    lines.append(f"| **right, of {counted}** | " + " | ".join(f"**{right[reader]}**" for reader in answers) + " |")
    print("\n".join(lines))
    if chosen.markdown:
        chosen.markdown.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if right["flowgauge"] < max(right.values()):
        sys.exit("flowgauge reads fewer of them than another reader")


if __name__ == "__main__":
    main()
