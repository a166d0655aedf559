"""How long pyxform takes over a large workbook, and what it holds at its peak: large.py FILE."""
import resource, sys, time
from pyxform.xls2xform import convert
best = float("inf")
for _ in range(2):
    started = time.process_time()
    convert(sys.argv[1], pretty_print=True)
    best = min(best, time.process_time() - started)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(f"  {'pyxform: the same':<60} {best * 1000:>8.1f} ms {peak:>5} MB")
