"""How seldom Python looks for objects that only hold each other, where it makes very many."""

# After so many new ones. A page makes more than Python's own 700 of them many times over, and nearly
# all go by themselves: it was 5 of 100 samples. A block of rows of an export is as many.
OBJECTS_BETWEEN = 10_000
