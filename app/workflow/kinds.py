"""What sort of statement a claim is, and the words that this rests on."""

from app.storage.tables import Claim


def keep_grounded(row: Claim) -> None:
    """Leave a claim whose words were cut only the kinds that they still bear.

    A kind whose ground nobody wrote down stays.
    """
    words = row.quote or row.text
    kept = [ground for ground in row.grounds if ground["words"] in words]
    lost = {ground["kind"] for ground in row.grounds} - {ground["kind"] for ground in kept}
    if len(kept) < len(row.grounds):
        row.grounds = kept
        row.kinds = [kind for kind in row.kinds if kind not in lost]
