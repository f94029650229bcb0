"""Looking at a page: accessibility, pictures, and both at each width and scheme."""

from pathlib import Path

from playwright.sync_api import Page

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parent / "pictures"
AXE = (HERE / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = {360: 740, 1280: 800}
SCHEMES = ("light", "dark")
AXE_LOOKS = ("360 light", "1280 dark")  # between them: both layouts and both sets of colours


def axe(page: Page) -> list[str]:
    """What is wrong for people who use assistive technology: rule, what it says, where. Empty is right."""
    page.evaluate("window.scrollTo(0, 0)")  # what a bar at the foot lies over is then the same every time
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)
    return [
        f"{fault['id']}: {fault['help']}: {node['target']}" for fault in found["violations"] for node in fault["nodes"]
    ]


def picture(page: Page, name: str) -> None:
    """Keep pictures of the whole page at both widths, light and dark, in tests/pictures."""
    for _ in _each_look(page, name):
        pass


def look(page: Page, name: str) -> None:
    """Keep its pictures, and assert that axe finds nothing and at no width anything hangs over the side."""
    faults = []
    for where in _each_look(page, name):
        if where in AXE_LOOKS:
            faults += [f"{where}: {fault}" for fault in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults.append(f"{where}: the page is wider than the screen")
    assert faults == [], "\n".join(faults)


def keep(page: Page, name: str) -> None:
    """Keep a picture of the whole page as it stands."""
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def _each_look(page: Page, name: str):  # type: ignore[no-untyped-def]
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            keep(page, f"{name}-{width}-{scheme}")
            yield f"{width} {scheme}"
