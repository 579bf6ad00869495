"""Looks at the site that was built: every link leads somewhere, nothing is fetched from elsewhere, and a page has one title."""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """The links of a page, what it loads, and the places that can be linked to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.places: set[str] = set()
        self.titles = 0
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes what the tag refers to."""
        told = {name: value or "" for name, value in attrs}
        self.places |= {told[name] for name in ("id", "name") if told.get(name)}
        self.titles += tag == "h1"
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        elif tag == "link" and "canonical" not in told.get("rel", "") and "href" in told:
            self.loads.append(told["href"])
        elif "src" in told:
            self.loads.append(told["src"])


def wrong(site: Path) -> list[str]:
    """What is wrong with a site, a line each."""
    # The Rust pages are rustdoc's own, which checks its links itself.
    pages = {
        path: Page(path) for path in sorted(site.rglob("*.html")) if "rust-api" not in path.parts and path.name != "404.html"
    }
    found = []
    for path, page in pages.items():
        here = path.relative_to(site)
        found += [f"{here}: {page.titles} titles"] if page.titles != 1 else []
        found += [f"{here}: loads {link}" for link in page.loads if urlsplit(link).netloc]
        for link in [*page.links, *page.loads]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            if not target.exists():
                found.append(f"{here}: {link} leads nowhere")
            elif target in pages and parts.fragment and unquote(parts.fragment) not in pages[target].places | {"__top"}:
                found.append(f"{here}: {link} has no such place")
    return found if pages else [f"there is no page in {site}"]


def main() -> int:
    """Tells what is wrong."""
    problems = wrong(Path(sys.argv[1]).resolve())
    print("\n".join(problems) or "every link leads somewhere, and nothing is fetched from elsewhere")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
