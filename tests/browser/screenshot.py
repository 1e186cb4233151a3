"""Make a picture of the running app: ``python -m tests.browser.screenshot FILE [QUERY]``."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.harness import Visit, launch, open_map, view
from tests.browser.server import serving

QUERY = "?theme=arms-transfers&theme=trade-corridors&select=instc"


def main() -> int:
    """Start the app, open the map, write the picture."""
    if len(sys.argv) not in {2, 3}:
        print(__doc__, file=sys.stderr)
        return 2
    target = Path(sys.argv[1])
    query = sys.argv[2] if len(sys.argv) == 3 else QUERY
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "log.txt") as server,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        visit = Visit(page, server)
        view(open_map(visit, query))
        page.screenshot(path=target)
        browser.close()
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
