"""Small plots as SVG text: bars, and lines over sizes. Their greys and blues carry on light and dark."""

from collections.abc import Mapping, Sequence
from html import escape

WORDS, OURS, THEIRS = "#768390", "#3b82c4", "#9aa5b1"
COLOURS = (OURS, "#d08a2e", "#4f9d69", "#a86fb0")
WIDTH, ROW, LEFT, RIGHT = 640, 26, 230, 90
HEIGHT, TOP, BOTTOM = 260, 20, 40
FONT = 'font-family="system-ui, sans-serif" font-size="13"'


def _whole(height: int, title: str, told: str, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' aria-labelledby="title told" {FONT} fill="{WORDS}">\n'
        f'<title id="title">{escape(title)}</title>\n<desc id="told">{escape(told)}</desc>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(words)}</text>'


def _bar(y: float, width: float, colour: str) -> str:
    place = f'x="{LEFT}" y="{y}" width="{max(1, width):.1f}" height="{ROW - 8}"'
    return f'<rect {place} rx="2" fill="{colour}"/>'


def number(value: float) -> str:
    """A figure with as many places as it is worth."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value >= 10 else f"{value:.2g}"


def bars(title: str, unit: str, rows: Sequence[tuple[str, float, bool]]) -> str:
    """A bar for each row: its name, its figure, whether it is ours."""
    longest = max(value for _name, value, _ours in rows) or 1
    parts = []
    for at, (name, value, ours) in enumerate(rows):
        y, width = 8 + at * ROW, value / longest * (WIDTH - LEFT - RIGHT)
        parts += [
            _text(LEFT - 8, y + 14, name, "end"),
            _bar(y, width, OURS if ours else THEIRS),
            _text(LEFT + max(1, width) + 6, y + 14, f"{number(value)} {unit}"),
        ]
    told = "; ".join(f"{name}: {number(value)} {unit}" for name, value, _ours in rows)
    return _whole(16 + len(rows) * ROW, title, told, parts)


def _series(steps: Sequence[float], end: float, series: Mapping[str, Sequence[float]]) -> list[str]:
    """Each line by its heights, with its name behind it; names that would meet go further down."""
    parts, taken = [], TOP - 16.0
    for at, (name, heights) in enumerate(sorted(series.items(), key=lambda one: one[1][-1])):
        colour, points = COLOURS[at % len(COLOURS)], list(zip(steps, heights, strict=True))
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts += [
            f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2"/>',
            *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points),
        ]
        taken = max(taken + 16, heights[-1] + 4)
        parts.append(_text(end, taken, name).replace("<text", f'<text fill="{colour}"', 1))
    return parts


def lines(
    title: str, unit: str, sizes: Sequence[str], series: Mapping[str, Sequence[float]]
) -> str:
    """A line for each series over the same sizes, from zero up."""
    most = max(max(values) for values in series.values()) or 1
    right, bottom = WIDTH - 190, HEIGHT - BOTTOM
    steps = [60 + at * (right - 60) / max(1, len(sizes) - 1) for at in range(len(sizes))]

    def height(value: float) -> float:
        return bottom - value / most * (bottom - TOP)

    parts = [
        f'<path d="M60 {TOP}V{bottom}H{right}" fill="none" stroke="{WORDS}"/>',
        *(_text(x, bottom + 18, name, "middle") for x, name in zip(steps, sizes, strict=True)),
        *(_text(54, height(part * most) + 4, number(part * most), "end") for part in (0, 0.5, 1)),
        _text(4, 12, unit),
    ]
    parts += _series(steps, right + 8, {n: [*map(height, vs)] for n, vs in series.items()})
    told = "; ".join(
        f"{name}: " + ", ".join(f"{number(v)} at {x}" for x, v in zip(sizes, values, strict=True))
        for name, values in series.items()
    )
    return _whole(HEIGHT, title, f"{told} ({unit})", parts)
