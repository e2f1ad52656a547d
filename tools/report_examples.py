"""Makes the report in docs/examples/: the whole and the two pages of Texas as PDF and Word, with pictures of their
pages.

python tools/report_examples.py

The PDF is printed by Chromium. Pages become pictures by pdftoppm (Debian: poppler-utils), and those of the Word files
by LibreOffice (libreoffice-writer-nogui), where they are installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dashboard.__main__ import main as run  # noqa: E402  (the path above makes it importable)
from tools.pdf_tags import NO_FAULT, faults_of  # noqa: E402

INTO = ROOT / "docs" / "examples"
# by the name of the files, the address
REPORTS = {"report": "", "report-texas": "?state=TX"}
# dots an inch of a picture
DOTS = 100


def main() -> int:
    """Makes them all anew, and says how long each took, how large it is, and what is wrong with the PDF."""
    if shutil.which("pdftoppm") is None:
        print("pdftoppm is not installed (Debian: apt install poppler-utils)", file=sys.stderr)
        return 1
    for path in INTO.glob("**/report*.*"):
        path.unlink()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/examples.sqlite"
        for name, url in REPORTS.items():
            for ending in ("docx", "pdf"):
                path, start = INTO / f"{name}.{ending}", time.perf_counter()
                wrong |= run(["report", str(path), "--url", url, "--data", str(ROOT / "data")])
                print(f"{path.name}: {time.perf_counter() - start:.1f} s, {path.stat().st_size / 1000:.0f} kB")
            faults = faults_of(PdfReader(INTO / f"{name}.pdf"))
            print(f"{name}.pdf: {'; '.join(faults) or NO_FAULT}")
            wrong |= int(bool(faults))
            take_pages(INTO / f"{name}.pdf", name, Path(folder))
            if shutil.which("soffice"):
                take_pages(to_pdf(INTO / f"{name}.docx", Path(folder)), f"{name}-word", Path(folder))
    sizes = sum(path.stat().st_size for path in INTO.rglob("*") if path.is_file())
    print(f"{sizes / 1_000_000:.1f} MB in all")
    return wrong


def to_pdf(document: Path, folder: Path) -> Path:
    """A Word file as LibreOffice prints it."""
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), str(document)], check=True, capture_output=True)
    return folder / f"{document.stem}.pdf"


def take_pages(pdf: Path, name: str, folder: Path) -> None:
    """A picture of each page."""
    subprocess.run(["pdftoppm", "-r", str(DOTS), "-png", str(pdf), str(folder / name)], check=True)
    pages = INTO / "pages"
    pages.mkdir(exist_ok=True)
    for at, path in enumerate(sorted(folder.glob(f"{name}-[0-9]*.png")), 1):
        with Image.open(path) as picture:
            picture.save(pages / f"{name}-{at:02}.webp", quality=80, method=6)
        path.unlink()


if __name__ == "__main__":
    sys.exit(main())
