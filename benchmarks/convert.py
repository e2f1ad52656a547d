"""Turns the shared harness's invented partnerships and survey answers into a dashboard of our own to measure.

    .venv/bin/python benchmarks/convert.py bench-work S      # writes bench-work/ours-S/

The folder holds the dashboard's code, its assets with boundaries for the harness's countries, `data/` made from
`data/partnerships-S.parquet` and `data/survey-S.parquet`, read by the harness's own environment, and the database that
is filled from it. A year of the
harness's survey becomes a wave: where its pages add up all years, ours shows the newest, as it does for every survey.
"""

from __future__ import annotations

import argparse
import compileall
import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = ("dashboard", "assets", "app.py", "gunicorn.conf.py")
KEPT = ("us_states.csv", "us_state_points.csv", "milestones.csv", "published_totals.csv")
PARTNERSHIPS = (
    "id,us_community,us_state,partner_community,country_iso3,start_year,known_by,end_year,status,kind,confidence,"
    "us_lat,us_lon,partner_lat,partner_lon,source_ids,note"
)
# reads parquet, which our own environment does not; a line a row
READ = """
import sys, pandas as pd
frame = pd.read_parquet(sys.argv[1])
{body}
frame.to_csv(sys.argv[2], index=False)
"""
AS_PARTNERSHIPS = """
frame["id"] = ["p%d" % at for at in range(len(frame))]
frame = frame.rename(columns={"us_city": "us_community", "partner_city": "partner_community", "iso3": "country_iso3"})
frame = frame.assign(known_by="", end_year="", status="unknown", kind="sister city", confidence="high",
                     us_lat="", us_lon="", partner_lat="", partner_lon="", source_ids="bench", note="")
frame = frame[sys.argv[3].split(",")]
"""
AS_ANSWERS = """
frame["respondent"] = ["r%d" % at for at in range(len(frame))]
frame["option"] = frame["barriers"].str.split(";")
frame = frame.explode("option")
frame["option"] = frame["option"].str.lower().str.replace(" ", "-")
frame = frame.assign(wave=frame["year"].astype(str), question="barriers", answer="yes", us_state="")
frame = frame[["wave", "respondent", "question", "option", "answer", "region", "us_state"]]
"""


def convert(work: Path, size: str) -> Path:
    """The folder of one size, made anew; `work` is the harness's folder."""
    target = work / f"ours-{size}"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for name in CODE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
            # as peers' code was when they were installed; the harness's environment keeps Python from doing it
            compileall.compile_dir(target / name, quiet=1)
        else:
            shutil.copy(source, target / name)
    data = target / "data"
    (data / "survey").mkdir(parents=True)
    for name in KEPT:
        shutil.copy(ROOT / "data" / name, data / name)
    cube = json.loads((work / f"data/cube-{size}.json").read_text(encoding="utf-8"))
    _small_tables(data, cube)
    python = str(work / "venvs/dash/bin/python")
    for table, body, file in (
        ("partnerships", AS_PARTNERSHIPS, "partnerships.csv"),
        ("survey", AS_ANSWERS, "survey/answers.csv"),
    ):
        arguments = [str(work / f"data/{table}-{size}.parquet"), str(data / file), PARTNERSHIPS]
        subprocess.run([python, "-c", READ.format(body=body), *arguments], check=True)
    boundaries = [sys.executable, str(ROOT / "tools/boundaries/build.py")]
    subprocess.run([*boundaries, "--data", str(data), "--maps", str(target / "assets/map")], check=True)
    _expectations(work, target, size)
    return target


def _expectations(work: Path, target: Path, size: str) -> None:
    """Fills the database; writes what the harness's adapter needs to know of our maps: their classes."""
    sys.path.insert(0, str(ROOT))
    from dashboard.charts.map.areas import edges_of
    from dashboard.data import open_data
    from dashboard.settings import Settings

    database = f"sqlite:///{target.resolve()}/dashboard.sqlite"
    data = open_data(Settings(data=target / "data", database_url=database, max_file_mb=1_000))
    known = {"edges": edges_of(data.current.dataset)}
    (work / f"data/ours-{size}.json").write_text(json.dumps(known), encoding="utf-8")


def _small_tables(data: Path, cube: dict[str, list[str]]) -> None:
    """Everything but partnerships and answers: countries and regions of the harness, one source, no programs."""
    regions = [cube["regions"][int(at)] for at in cube["creg"]]
    countries = [[code, code, "", region, "no", "no"] for code, region in zip(cube["iso"], regions, strict=True)]
    _write(data / "countries.csv", "iso3,name,deck_label,region,oic_member,muslim_majority_2010", countries)
    about = (ROOT / "data/about.toml").read_text(encoding="utf-8").split("[sources]")[0]
    for shipped, own in (('"sci-2007"', '"documented"'), ("2026-11-23", "2025-12-31"), ("2026", "2025")):
        about = about.replace(shipped, own)
    (data / "about.toml").write_text(about, encoding="utf-8")
    with (data / "about.toml").open("a", encoding="utf-8") as file:
        names = ("scope", "regions", "coordinates", "boundaries", "us_states")
        file.write("[sources]\n" + "".join(f'{name} = ["bench"]\n' for name in names))
    shipped = (ROOT / "data/sources.csv").read_text(encoding="utf-8")
    (data / "sources.csv").write_text(
        shipped + "bench,SAMPLE,SAMPLE: invented for measuring speed,,secondary\n", "utf-8"
    )
    codes = [name.lower().replace(" ", "-") for name in cube["barriers"]]
    options = [["barriers", code, name, "barrier", ""] for code, name in zip(codes, cube["barriers"], strict=True)]
    _write(data / "survey/codebook.csv", "question,option,label,theme,aliases", options)
    _write(
        data / "survey/questions.csv", "question,title,wording,kind", [["barriers", "Barriers", "Barriers", "several"]]
    )
    waves = [[f"{year}", f"{year}", f"SAMPLE {year}", "answers", "bench", ""] for year in range(2005, 2026)]
    _write(data / "survey/waves.csv", "wave,year,title,kind,source_ids,note", waves)
    programs = (ROOT / "data/programs.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    _write(data / "programs.csv", programs, [])
    _write(data / "published_counts.csv", "country_iso3,date,partnerships,scope,source_ids", [])


def _write(file: Path, header: str, rows: Iterable[Sequence[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("size", nargs="+", choices=("S", "M", "L"))
    options = parser.parse_args()
    for size in options.size:
        print(convert(options.work, size))
