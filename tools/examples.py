"""Makes docs/examples: the files of one view as a visitor gets them, and what they look like.

python tools/examples.py

Pictures of the slides and the paper need LibreOffice and pdftoppm; without them they are left as they are.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.serving import serving  # noqa: E402  (the path above makes it importable)
from tools.browser import READY, chromium  # noqa: E402

EXAMPLES = ROOT / "docs" / "examples"
VIEW = "?region=Western+Asia&year=2005"
CHART = "growth"


def main() -> None:
    """Writes every file and its pictures."""
    EXAMPLES.mkdir(parents=True, exist_ok=True)
    with serving() as address, chromium() as browser:
        # what is waited for is evaluated in the page, which its policy forbids
        page = browser.new_page(viewport={"width": 1440, "height": 900}, bypass_csp=True)
        page.goto(f"{address}/{VIEW}")
        page.wait_for_function(READY)
        for kind in ("png", "svg"):
            keep(page, f"#card-{CHART} .menu summary", f"#card-{CHART} [data-take={kind}]")
        for kind in ("csv", "xlsx"):
            keep(page, f"#card-{CHART} .menu summary", f"#card-{CHART} a[href*='.{kind}']")
        slides = keep(page, ".acts .menu summary", "[data-take=slides]")
        page.goto(f"{address}/present")
        page.wait_for_function("document.body?.dataset.ahead === 'true'")
        story = keep(page, "#stage", "#stage-help [data-act=save]", key="?")
        page.goto(f"{address}/{VIEW}")
        page.wait_for_function(READY)
        paper = EXAMPLES / "ipi-overview_sci_western-asia_2005.pdf"
        page.pdf(path=paper, format="A4", print_background=True)
    rendered(slides, "slide")
    rendered(paper, "paper")
    contact_sheet(story, ROOT / "docs" / "images" / "story-slides.png")


def keep(page: Page, menu: str, item: str, *, key: str = "") -> Path:
    """What a menu, opened by a press or a key, gives, under the name it has."""
    if key:
        page.keyboard.press(key)
    else:
        page.click(menu)
    with page.expect_download() as download:
        page.click(item)
    file = EXAMPLES / download.value.suggested_filename
    download.value.save_as(file)
    print(file.name)
    return file


def rendered(file: Path, name: str, *, into: Path = EXAMPLES, dots: int = 72) -> bool:
    """A picture of each slide or sheet; False where the programs for it are missing."""
    if not shutil.which("pdftoppm") or (file.suffix == ".pptx" and not shutil.which("soffice")):
        print(f"no pictures of {file.name}: LibreOffice and pdftoppm are needed")
        return False
    with tempfile.TemporaryDirectory() as folder:
        if file.suffix == ".pptx":
            command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(file)]
            subprocess.run(command, check=True, capture_output=True)
            file = Path(folder) / f"{file.stem}.pdf"
        subprocess.run(["pdftoppm", "-r", str(dots), "-png", str(file), str(into / name)], check=True)
    return True


def contact_sheet(deck: Path, sheet: Path, *, across: int = 4, gap: int = 6) -> None:
    """All slides of a deck on one small picture."""
    with tempfile.TemporaryDirectory() as folder:
        if not rendered(deck, "slide", into=Path(folder), dots=28):
            return
        pictures = [Image.open(path) for path in sorted(Path(folder).glob("slide-*.png"))]
        wide, tall = pictures[0].width + gap, pictures[0].height + gap
        made = Image.new("RGB", (across * wide + gap, -(-len(pictures) // across) * tall + gap), "#b8b8b4")
        for at, picture in enumerate(pictures):
            made.paste(picture, (gap + at % across * wide, gap + at // across * tall))
        made.quantize(96).save(sheet, optimize=True)


if __name__ == "__main__":
    main()
