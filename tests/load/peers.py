"""What other programs were measured at on a machine of the same kind (two shared cores, 24 GiB).

Label Studio 1.23.2, doccano 1.8.4 and Potato 2.12.1, November 2026, each as its handbook starts it.
"""

# Pairs a second of 8 reviewers, and server CPU of a pair in milliseconds.
TOGETHER = (("Potato", 17.3), ("Label Studio", 6.8))
CPU = (("doccano", 57.0), ("Potato", 63.0), ("Label Studio", 86.0))

BESIDE = {
    "machine": (
        "Others, idle (RSS): Label Studio 264 to 346 MB, doccano 992, Potato 178 and 374 at 100,000 claims."
        " Later\nstarts: 6.2 s, 1.7 to 3 s, 3.4 to 6.8 s and 26.7 at 100,000. A page with nothing cached:"
        " 4.67, 0.73, 1.49 MB."
    ),
    "pair": (
        "Others, a pair of one reviewer: 86 ms of server CPU (Label Studio), 57 to 61 (doccano), 63 to 78"
        " (Potato);\n8 reviewers together 4.7 to 6.8 pairs a second with a p95 of 2.7 to 3.5 s (Label"
        " Studio, where one claim in ten\nwent to two reviewers though one was asked), 14 to 17 with 640 to"
        " 850 ms (Potato); doccano hands out no claims."
    ),
    "sizes": (
        "Others, next claim p50/p95 at 10,000 and at 100,000: Label Studio 31/39 and 34/48 ms, doccano"
        " 37/54 and\n220/338, Potato 52/76 and 168/233. Submit: 49/153, 29/42 to 83/107, 14.5/21 to 31/46."
    ),
    "pages": "Others: doccano's last pages of 100,000 take 531/699 ms (p50/p95).",
    "leaving": (
        "Others, CSV of 10,000: Label Studio 410 to 574 rows/s with 488 to 588 MB, doccano 2,700 with 1.5 GB"
        " (labels\nonly), Potato 13,800 with 83 to 89 MB (without the text of the claims)."
    ),
    "coming": (
        "Others, 100,000 claims: Label Studio 3,300 to 5,200 a second up to 950 MB, doccano 3,100 up to"
        " 1.5 GB; Potato\nhas no import and reads its file at each start."
    ),
}
