"""Writes what the reference says: of the templates, of every change of mutate.py, and of 1,000 random graphs.

python3 answers.py FILE        writes all of it, the same bytes each time
python3 answers.py --graph N   prints random graph N and what is said of it, for looking into a difference
"""
import json
import pathlib
import sys

import lint
import mutate

GRAPHS = 1000
KINDS = [kind["kind"] for kind in lint.KJ["kinds"]]
ARTIFACTS = list(lint.KJ["artifacts"])
DOMAINS = ["general", "healthcare", "finance", "social", "media", ""]
SWITCHES = ["versioned", "external", "pii", "labelled", "schedule", "holdout", "custom"]
POSITIONS = [True, True, True, False, 0, 2, "yes", "", [], ["x"]]
CHECKS = ["baseline", "bias", "slices"]
# Few kinds, so that long paths and shared inputs are frequent.
PATHS = [
    "source_batch",
    "source_stream",
    "source_documents",
    "ingestion",
    "transformation",
    "embedding",
    "vector_index",
    "training",
    "serving_online",
    "serving_stream",
    "guardrails",
    "consumer",
    "feedback_collector",
]


class Numbers:
    """Knuth's MMIX generator; graphs.rs has the same one."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit


def node(r, at, pool):
    kind = lint.KIND[pool[r.below(len(pool))]]
    stage = lint.KJ["stages"][r.below(8)] if r.below(8) == 0 else kind["stage"]
    tools = [] if r.below(4) == 0 else ["x"]
    props = {switch: POSITIONS[r.below(10)] for switch in SWITCHES if r.below(6) == 0}
    if r.below(2) == 0:
        props["paradigm"] = ["supervised", "supervised", "llm"][r.below(3)]
    if r.below(4) == 0:
        props["status"] = ["experimental", "live"][r.below(2)]
    if r.below(2) == 0:
        chosen = r.below(8)
        props["checks"] = [check for bit, check in enumerate(CHECKS) if chosen >> bit & 1]
    return {"id": f"n{at}", "kind": kind["kind"], "stage": stage, "tools": tools, "label": "", "props": props}


def graph(seed):
    """Graph number `seed`: mostly of artifacts that both ends allow, some of any; ends are never missing."""
    r = Numbers(seed)
    count = 5 + r.below([20, 60, 296][r.below(3)])
    wanted = count * (2 + r.below(5)) // 2
    sensible = r.below(4) > 0
    domain = DOMAINS[r.below(6)]
    pool = [KINDS, KINDS, PATHS][r.below(3)]
    if pool is KINDS and r.below(2) == 0:
        pool = [kind for kind in KINDS if r.below(2) == 0] or KINDS
    nodes = [node(r, at, pool) for at in range(count)]
    edges = {}
    for _ in range(wanted * 6):
        if len(edges) == wanted:
            break
        start, end = nodes[r.below(count)], nodes[r.below(count)]
        if start is end and r.below(4) > 0:
            continue
        if sensible and r.below(30) > 0:
            emits, accepts = lint.KIND[start["kind"]]["emits"], lint.KIND[end["kind"]]["accepts"]
            common = [artifact for artifact in ARTIFACTS if artifact in emits and artifact in accepts]
            if not common:
                continue
            artifact = common[r.below(len(common))]
        else:
            artifact = [*ARTIFACTS, "gold"][r.below(25)]
        edges[start["id"], end["id"], artifact] = None
    return {
        "id": f"random-{seed}",
        "domain": domain,
        "nodes": nodes,
        "edges": [dict(zip(("from", "to", "artifact"), edge)) for edge in sorted(edges)],
    }


def places(t):
    """Rules with their places as the program's command line writes them, each once."""
    found = {}
    for rule, _, place in lint.lint(t):
        if place == "graph":
            at = []
        elif rule == "DEB09":
            at = sorted(lint.G(t).of(place))
        elif rule in ("STR05", "DEB01", "DEB10"):
            at = place.split(",")
        else:
            at = place.split("~>")
        found.setdefault(rule, set()).add(" ".join(at))
    return {rule: sorted(found[rule]) for rule in sorted(found)}


def maturity(t):
    return list(lint.maturity(t).values())


def impact(t, start):
    """The answer in one text."""
    said = lint.impact(t, start)
    said["rings"] = ";".join(f"{ring}:{','.join(ids)}" for ring, ids in said["rings"].items())
    said["cace"] = f"{said['cace']:.2f}"
    said["in_loop"] = str(said["in_loop"]).lower()
    return " ".join(f"{key}={','.join(value) if isinstance(value, list) else value}" for key, value in said.items())


def digest(text):
    """FNV-1a."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def written(edge):
    return f'{edge["from"]}->{edge["to"]}:{edge["artifact"]}'


def drawn(t):
    """A graph in one text, so that a difference of the generators is not taken for one of the rules."""
    lines = [t["domain"]]
    for n in t["nodes"]:
        props = json.dumps(n["props"], separators=(",", ":"))
        lines.append(" ".join([n["id"], n["kind"], n["stage"], str(len(n["tools"])), props]))
    lines += map(written, t["edges"])
    return "\n".join(lines)


def said_of(t):
    """All answers about a random graph in one text; the impact of three of its nodes."""
    lines = [f"{rule} {place}" for rule, found in places(t).items() for place in found]
    lines.append(" ".join(map(str, maturity(t))))
    count = len(t["nodes"])
    lines += [impact(t, f"n{at}") for at in (0, count // 2, count - 1)]
    return "\n".join(lines)


def random_case(seed):
    t = graph(seed)
    counts = {rule: len(found) for rule, found in places(t).items()}
    return [seed, len(t["nodes"]), len(t["edges"]), counts, digest(drawn(t)), digest(said_of(t))]


BEFORE = {t["id"]: places(t) for t in mutate.T}


def mutated(number, original, what, t):
    """A change as what is gone and what is put in, with the rules that say something else then (places, none when the
    rule is silent now); the impact of one node."""
    before, now = BEFORE[original["id"]], places(t)
    changed = [rule for rule in sorted(before | now) if before.get(rule) != now.get(rule)]
    start = sorted(n["id"] for n in t["nodes"])[number % len(t["nodes"])]
    old, new = (sorted(set(map(written, part["edges"]))) for part in (original, t))
    return {
        "of": original["id"],
        "what": what,
        "remove": {
            "nodes": [n["id"] for n in original["nodes"] if n not in t["nodes"]],
            "edges": [edge for edge in old if edge not in new],
        },
        "put": {
            "nodes": [n for n in t["nodes"] if n not in original["nodes"]],
            "edges": [edge for edge in new if edge not in old],
        },
        "changed": {rule: now.get(rule, []) for rule in changed},
        "maturity": maturity(t),
        "impact": [start, impact(t, start)],
    }


def template(t):
    return {
        "id": t["id"],
        "findings": places(t),
        "maturity": maturity(t),
        "impact": {n["id"]: impact(t, n["id"]) for n in t["nodes"]},
    }


def lines(cases):
    return ",\n".join(json.dumps(case, ensure_ascii=False, separators=(",", ":")) for case in cases)


def main(words):
    if len(words) == 2 and words[0] == "--graph":
        t = graph(int(words[1]))
        print(drawn(t), said_of(t), sep="\n\n")
    elif len(words) == 1:
        parts = {
            "templates": map(template, mutate.T),
            "mutations": (mutated(number, *case) for number, case in enumerate(mutate.MUTATIONS)),
            "random": map(random_case, range(GRAPHS)),
        }
        text = ",\n".join(f'"{key}":[\n{lines(cases)}\n]' for key, cases in parts.items())
        pathlib.Path(words[0]).write_text(f"{{{text}}}\n", encoding="utf-8")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
