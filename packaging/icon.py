"""Draws the icon: a ring of ten segments in the hues of the ten lifecycle stages around a dark disc.

Writes assets/icons/mlops-atlas.svg and, with rsvg-convert, PNG files of 16 to 512 pixels beside it. The hues are
read from assets/theme.toml, so the icon follows the theme. Run it from the project's folder:

    python3 packaging/icon.py
"""

import math
import pathlib
import subprocess
import tomllib

ICONS = pathlib.Path("assets/icons")
SIZES = [16, 24, 32, 48, 64, 128, 256, 512]
# In units of a 512-unit square.
CENTRE = 256
OUTER = 244
# Degrees between segments; none at small sizes, where it would only blur.
GAP = 4.0


def point(radius: float, degrees: float) -> str:
    """A point of a circle, clockwise from the top."""
    angle = math.radians(degrees - 90)
    return f"{CENTRE + radius * math.cos(angle):.2f} {CENTRE + radius * math.sin(angle):.2f}"


def segment(index: int, colour: str, inner: float, gap: float) -> str:
    """One tenth of the ring; both edges of a gap are parallel."""
    begin, end = index * 36.0, (index + 1) * 36.0
    half = math.radians(gap / 2) * OUTER
    outer_gap, inner_gap = (math.degrees(math.asin(half / radius)) for radius in (OUTER, inner))
    return (
        f'  <path fill="{colour}" d="M{point(OUTER, begin + outer_gap)}'
        f"A{OUTER} {OUTER} 0 0 1 {point(OUTER, end - outer_gap)}"
        f"L{point(inner, end - inner_gap)}"
        f'A{inner} {inner} 0 0 0 {point(inner, begin + inner_gap)}Z"/>'
    )


def drawing(theme: dict, small: bool) -> str:
    """The icon as SVG; the small one has a thicker ring without gaps and no needle."""
    dark = theme["dark"]
    inner = 150 if small else 176
    hues = theme["stage"]["dark"].values()
    segments = [segment(i, hue, inner, 0 if small else GAP) for i, hue in enumerate(hues)]
    disc = inner + 1 if small else inner - 14
    parts = [f'  <circle cx="{CENTRE}" cy="{CENTRE}" r="{disc}" fill="{dark["canvas"]}"/>', *segments]
    if not small:
        # The needle of a compass: an atlas is for finding one's way.
        light, shade = dark["text"], dark["text_3"]
        parts += [
            f'  <path fill="{light}" d="M{point(118, 36)}L{point(34, 126)}L{point(34, 306)}Z"/>',
            f'  <path fill="{shade}" d="M{point(118, 216)}L{point(34, 126)}L{point(34, 306)}Z"/>',
            f'  <circle cx="{CENTRE}" cy="{CENTRE}" r="11" fill="{dark["canvas"]}"/>',
        ]
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512">'
    return "\n".join([head, "  <title>MLOps Atlas</title>", *parts, "</svg>", ""])


def main() -> None:
    """Writes all files."""
    theme = tomllib.loads(pathlib.Path("assets/theme.toml").read_text(encoding="utf-8"))
    ICONS.mkdir(parents=True, exist_ok=True)
    for name, small in (("mlops-atlas", False), ("mlops-atlas-small", True)):
        (ICONS / f"{name}.svg").write_text(drawing(theme, small), encoding="utf-8")
    for size in SIZES:
        source = ICONS / ("mlops-atlas-small.svg" if size < 48 else "mlops-atlas.svg")
        target = ICONS / f"mlops-atlas-{size}.png"
        subprocess.run(["rsvg-convert", "-w", str(size), "-h", str(size), "-o", target, source], check=True)


if __name__ == "__main__":
    main()
