"""B1 in Starsim: SIS on a random network remade every day. Prints: name, CPU-seconds of the run, share infected at the end."""
import sys
import time
import starsim as ss

PEOPLE, DAYS = int(sys.argv[1]), int(sys.argv[2])
DEGREE = 2  # the smallest that mixes: fewer edges a day is the faster way
sis = ss.SIS(
    beta=ss.perday(0.02 / DEGREE),
    init_prev=0.10,
    dur_inf=ss.expon(scale=ss.days(100)),
    imm_boost=0.0,
)
sim = ss.Sim(
    n_agents=PEOPLE,
    diseases=sis,
    networks=ss.RandomNet(n_contacts=DEGREE, dur=ss.days(0)),
    start=ss.days(0),
    stop=ss.days(DAYS),
    dt=ss.days(1),
    rand_seed=1,
    verbose=0,
)
sim.init()
begun = time.process_time()
sim.run()
cpu = time.process_time() - begun
infected = sim.results.sis.n_infected
print(f"Starsim {ss.__version__}\t{cpu}\t{float(infected[-100:].mean()) / PEOPLE}\t{len(infected)}")
