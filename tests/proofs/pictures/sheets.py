"""Contact sheets: twelve pictures on one, with what is wrong beneath, drawn by the browser itself."""

from html import escape
from pathlib import Path

from playwright.sync_api import Browser

from tests.proofs.pictures.camera import Seen

ON_ONE = 12
STYLE = """body{margin:0;font:12px sans-serif;background:#888;display:grid;grid-template-columns:repeat(%d,1fr);gap:8px;
padding:8px}figure{margin:0;background:#fff}div{height:%dpx;overflow:hidden}img{width:100%%}
figcaption{padding:2px 4px;height:32px;overflow:hidden}b{color:#b00}"""
SHAPES = {"desktop": (4, 436), "phone": (6, 640)}


def draw_sheets(browser: Browser, seen: list[Seen], folder: Path) -> list[Path]:
    """Write the sheets of every variant and return where they are."""
    page = browser.new_page(viewport={"width": 1920, "height": 1440})
    made = []
    for who, variant in sorted({(one.who, variant) for one in seen for variant in one.pictures}):
        theirs = [one for one in seen if one.who == who and variant in one.pictures]
        for first in range(0, len(theirs), ON_ONE):
            made.append(
                folder
                / f"sheet-{who.replace('!', '-errors').replace('+', '-behind')}-{variant}-{first // ON_ONE + 1:02}.png"
            )
            html = made[-1].with_suffix(".html")
            html.write_text(_html(theirs[first : first + ON_ONE], variant))
            page.goto(html.as_uri())
            page.screenshot(path=made[-1])
            html.unlink()
    page.close()
    return made


def _html(seen: list[Seen], variant: str) -> str:
    columns, height = SHAPES[variant.split("-")[1]]
    figures = [
        f"<figure><div><img src='{one.pictures[variant].name}'></div><figcaption>{escape(f'{one.who} {one.kind}')} "
        f"<b>{escape('; '.join(one.faults))}</b></figcaption></figure>"
        for one in seen
    ]
    return f"<meta charset=utf-8><style>{STYLE % (columns, height)}</style>{''.join(figures)}"
