"""B1 in LASER: SIS in one well-mixed node, by days. Prints: name, CPU-seconds of the run, share infected at the end."""
import sys
import time
from importlib.metadata import version
import geopandas as gpd
import laser.core.distributions as dists
import laser.generic.SIS as SIS
from laser.core import PropertySet
from laser.generic import Model
from shapely.geometry import Point

PEOPLE, DAYS = int(sys.argv[1]), int(sys.argv[2])


def run(people, days):
    seeds = people // 10
    scenario = gpd.GeoDataFrame(
        {"nodeid": [0], "population": [people], "S": [people - seeds], "I": [seeds]},
        geometry=[Point(0, 0)],
        crs="EPSG:4326",
    )
    model = Model(scenario, PropertySet({"nticks": days, "beta": 0.02, "prng_seed": 1}))
    duration = dists.exponential(scale=100.0)
    model.components = [
        SIS.Susceptible(model),
        SIS.Infectious(model, duration),
        SIS.Transmission(model, duration),
    ]
    begun = time.process_time()
    model.run()
    return model, time.process_time() - begun


run(1000, 5)  # compiles
model, cpu = run(PEOPLE, DAYS)
share = float(model.nodes.I[-100:].mean()) / PEOPLE
print(f"LASER {version('laser-generic')}\t{cpu}\t{share}\t{DAYS}")
