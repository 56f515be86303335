"""The archive of a release leaves while it is written."""

import io
import random
import zipfile

from app.exporters.release_zip import Archive, Written


def test_it_leaves_in_chunks_while_its_files_are_written():
    made = 0
    dice = random.Random(1)

    def chunks():
        nonlocal made
        for _ in range(200):
            made += 1
            yield dice.randbytes(5_000).hex()

    archive, written = Archive(), Written("big.csv", rows=0)
    seen, data = [], b""
    for chunk in archive.add(written, chunks()):
        seen.append((made, len(chunk)))
        data += chunk
    data += b"".join(archive.end())

    assert seen[0][0] < 10
    assert max(size for _made, size in seen) < 300_000
    assert written.bytes == 200 * 10_000
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert found.testzip() is None
        [entry] = found.infolist()
        assert (entry.date_time, entry.file_size) == ((1980, 1, 1, 0, 0, 0), written.bytes)
